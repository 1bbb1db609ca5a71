Attribute VB_Name = "modLooks"
Option Explicit

' The sheet of originals holds how cells looked when the workbook was issued:
' cchc_nut_dinh_dang - code name, cells, and a third cell that has their look.

Private Const COLOUR_WHITE As Long = 16777215
Private Const NO_FILL As Long = -4142

Public Sub RestoreLooks()
    Dim looks As Object
    Dim sheet As Object
    Dim wasProtected As Boolean
    Dim code As String
    Dim i As Long
    Dim part As Variant
    Set looks = NamedRange("cchc_nut_dinh_dang")
    For i = 1 To looks.Rows.Count
        If looks.Cells(i, 1).Value <> code Then
            If code <> "" Then Relock sheet, wasProtected
            code = looks.Cells(i, 1).Value
            Set sheet = SheetByCode(code)
            wasProtected = LiftProtection(sheet)
        End If
        For Each part In Split(looks.Cells(i, 2).Value, ",")
            CopyLook looks.Cells(i, 3), sheet.Range(part)
        Next part
    Next i
    If code <> "" Then Relock sheet, wasProtected
End Sub

' Property by property: pasting formats would take the live colours away.
Private Sub CopyLook(ByVal specimen As Object, ByVal cells As Object)
    Dim edge As Variant
    cells.NumberFormat = specimen.NumberFormat
    cells.Locked = specimen.Locked
    cells.WrapText = specimen.WrapText
    cells.VerticalAlignment = specimen.VerticalAlignment
    CopyAlignment specimen, cells
    With cells.Font
        .Name = specimen.Font.Name
        .Size = specimen.Font.Size
        .Bold = specimen.Font.Bold
        .Italic = specimen.Font.Italic
        .Underline = specimen.Font.Underline
        .Color = specimen.Font.Color
    End With
    If specimen.Interior.Color = COLOUR_WHITE Or specimen.Interior.Color < 0 Then
        cells.Interior.Pattern = NO_FILL
    Else
        cells.Interior.Color = specimen.Interior.Color
    End If
    For Each edge In Array(7, 8, 9, 10, 11, 12)
        CopyBorder specimen, cells, edge
    Next edge
End Sub

Private Sub CopyAlignment(ByVal specimen As Object, ByVal cells As Object)
    ' LibreOffice does not answer for cells aligned by their content.
    On Error Resume Next
    cells.HorizontalAlignment = specimen.HorizontalAlignment
    cells.IndentLevel = specimen.IndentLevel
End Sub

' Left, top, bottom, right, and the lines inside; all of them look as the specimen's left or bottom line.
Private Sub CopyBorder(ByVal specimen As Object, ByVal cells As Object, ByVal edge As Long)
    Dim model As Object
    If edge = 11 Then
        If cells.Columns.Count < 2 Then Exit Sub
        Set model = specimen.Borders(7)
    ElseIf edge = 12 Then
        If cells.Rows.Count < 2 Then Exit Sub
        Set model = specimen.Borders(9)
    Else
        Set model = specimen.Borders(edge)
    End If
    cells.Borders(edge).LineStyle = model.LineStyle
    If model.LineStyle <> NO_FILL Then
        cells.Borders(edge).Weight = model.Weight
        cells.Borders(edge).Color = model.Color
    End If
End Sub
