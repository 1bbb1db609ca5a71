Attribute VB_Name = "modRibbon"
Option Explicit

' Tab "CCHC" of the add-in: each command carries the name of its Sub as tag and acts on the active workbook.

Private Const TEMPLATE_NAME As String = "cchc_mau"
Private Const BUTTONS_NAME As String = "cchc_nut_cau"
Private Const COMMUNE_TEMPLATE As String = "cchc_xl"
Private Const CITY_TEMPLATES As String = "cchc_xl.*"

' Commands that find their texts and original formulas in the workbook: the one issued with buttons.
Public Sub RunNativeCommand(control As IRibbonControl)
    If ActiveTemplate() = COMMUNE_TEMPLATE And NamedText(BUTTONS_NAME) = "" Then
        TellStatus "lenh_can_ban_co_nut"
    Else
        RunCommuneCommand control
    End If
End Sub

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
    ChooseActiveBook
    On Error GoTo Failed
    Application.Run "'" & ThisWorkbook.Name & "'!" & subName
    Exit Sub
Failed:
    TellStatus "lenh_khong_chay"
End Sub

' "" when no workbook is open or the active one is none of ours.
Private Function ActiveTemplate() As String
    ActiveTemplate = NamedText(TEMPLATE_NAME)
End Function

' The text in the first cell of a name of the active workbook, "" when it has no such name.
Private Function NamedText(ByVal cellName As String) As String
    On Error Resume Next
    NamedText = ActiveWorkbook.Names(cellName).RefersToRange.Cells(1, 1).Value
End Function
