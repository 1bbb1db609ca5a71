Attribute VB_Name = "modRibbon"
Option Explicit

' Tab "CCHC" of the add-in: each command carries the name of its Sub as tag and acts on the active workbook.

Private Const TEMPLATE_NAME As String = "cchc_mau"
Private Const COMMUNE_TEMPLATE As String = "cchc_xl"
Private Const CITY_TEMPLATES As String = "cchc_xl.*"

Public Sub RunCommuneCommand(control As IRibbonControl)
    If ActiveTemplate() Like CITY_TEMPLATES Then
        TellStatus "lenh_cua_xa"
    Else
        RunCommand control.Tag
    End If
End Sub

Public Sub RunCityCommand(control As IRibbonControl)
    If ActiveTemplate() = COMMUNE_TEMPLATE Then
        TellStatus "lenh_cua_thanh_pho"
    Else
        RunCommand control.Tag
    End If
End Sub

Private Sub RunCommand(ByVal subName As String)
    If ActiveTemplate() = "" Then
        TellStatus "lenh_khong_phai_tep"
        Exit Sub
    End If
    On Error GoTo Failed
    Application.Run "'" & ThisWorkbook.Name & "'!" & subName
    Exit Sub
Failed:
    TellStatus "lenh_khong_chay"
End Sub

' "" when no workbook is open or the active one is none of ours.
Private Function ActiveTemplate() As String
    On Error Resume Next
    ActiveTemplate = ActiveWorkbook.Names(TEMPLATE_NAME).RefersToRange.Value
End Function
