Attribute VB_Name = "modFaults"
Option Explicit

' The live marks beside the figures: counting them and going to their cells.
' cchc_nut_kiem lists every place in the order of the sheets: code name, cell of the mark, cell to go to.

Private Const CALCULATION_MANUAL As Long = -4135

Public Sub RecalculateAndReport()
    Dim errorsLeft As Long
    Dim warningsLeft As Long
    Recalculate
    errorsLeft = CountMarks(Phrase("sign_error"))
    warningsLeft = CountMarks(Phrase("sign_warning"))
    If errorsLeft + warningsLeft = 0 Then
        Announce Filled("checked_clean", Array(Moment(Now), CountMarks(Phrase("sign_blank")))) & ManualNotice()
        Exit Sub
    End If
    Dim place As Long
    place = NextPlace(WorstSign(errorsLeft), 0)
    Announce Filled("checked", Array(Moment(Now), errorsLeft, warningsLeft)) & " " & DescribePlace(place) & _
        ManualNotice()
    GoToPlace place
End Sub

Public Sub GoToNextFault()
    Dim errorsLeft As Long
    Dim place As Long
    Recalculate
    errorsLeft = CountMarks(Phrase("sign_error"))
    place = NextPlace(WorstSign(errorsLeft), PlaceOfActiveCell())
    If place = 0 Then
        Announce Phrase("none_left")
        NamedRange("cchc_trang_thai").Worksheet.Activate
        Exit Sub
    End If
    Announce DescribePlace(place)
    GoToPlace place
End Sub

' A workbook opened earlier may have switched calculation to manual for all. That is its owner's choice and stays;
' this computes what is due all the same.
Public Sub Recalculate()
    Application.Calculate
End Sub

' Where calculation is manual the marks are right after a button only: whoever reads them must know.
Private Function ManualNotice() As String
    If Application.Calculation = CALCULATION_MANUAL Then ManualNotice = " " & Phrase("manual_calculation")
End Function

' How many marks begin with this sign.
Public Function CountMarks(ByVal sign As String) As Long
    Dim places As Variant
    Dim i As Long
    places = NamedRange("cchc_nut_kiem").Value
    For i = 1 To UBound(places, 1)
        If HasSign(places, i, sign) Then CountMarks = CountMarks + 1
    Next i
End Function

' Go to the first error, for buttons that stop because of one.
Public Sub GoToFirstError()
    Dim place As Long
    place = NextPlace(Phrase("sign_error"), 0)
    If place > 0 Then GoToPlace place
End Sub

Private Function WorstSign(ByVal errorsLeft As Long) As String
    If errorsLeft > 0 Then
        WorstSign = Phrase("sign_error")
    Else
        WorstSign = Phrase("sign_warning")
    End If
End Function

' The next place with this sign after a place, from the top again when there is none below; 0 when none at all.
Private Function NextPlace(ByVal sign As String, ByVal after As Long) As Long
    Dim places As Variant
    Dim count As Long
    Dim i As Long
    Dim candidate As Long
    places = NamedRange("cchc_nut_kiem").Value
    count = UBound(places, 1)
    For i = 1 To count
        candidate = (after + i - 1) Mod count + 1
        If HasSign(places, candidate, sign) Then
            NextPlace = candidate
            Exit Function
        End If
    Next i
End Function

Private Function HasSign(ByRef places As Variant, ByVal i As Long, ByVal sign As String) As Boolean
    HasSign = (Left(MarkOf(places, i), Len(sign)) = sign)
End Function

' The text of a mark; a mark that is itself an error value counts as an error.
Private Function MarkOf(ByRef places As Variant, ByVal i As Long) As String
    Dim content As Variant
    content = SheetByCode(places(i, 1)).Range(places(i, 2)).Value
    If IsError(content) Then
        MarkOf = Phrase("sign_error")
    Else
        MarkOf = TextOf(content)
    End If
End Function

' The last place at or above the active cell.
Private Function PlaceOfActiveCell() As Long
    Dim places As Variant
    Dim i As Long
    Dim code As String
    places = NamedRange("cchc_nut_kiem").Value
    code = ActiveSheet.CodeName
    For i = 1 To UBound(places, 1)
        If places(i, 1) = code Then
            If SheetByCode(code).Range(places(i, 3)).Row <= ActiveCell.Row Then
                PlaceOfActiveCell = i
            ElseIf PlaceOfActiveCell = 0 Then
                PlaceOfActiveCell = i - 1
            End If
        End If
    Next i
End Function

' "Sheet, cell: what is wrong there".
Private Function DescribePlace(ByVal place As Long) As String
    Dim places As Variant
    places = NamedRange("cchc_nut_kiem").Value
    DescribePlace = Filled("fault_at", Array(SheetByCode(places(place, 1)).Name, places(place, 3), _
        MarkOf(places, place)))
End Function

Private Sub GoToPlace(ByVal place As Long)
    Dim places As Variant
    Dim sheet As Object
    places = NamedRange("cchc_nut_kiem").Value
    Set sheet = SheetByCode(places(place, 1))
    sheet.Activate
    sheet.Range(places(place, 3)).Select
End Sub
