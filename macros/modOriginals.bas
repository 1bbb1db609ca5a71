Attribute VB_Name = "modOriginals"
Option Explicit

' The sheet of originals holds how the workbook was issued:
' cchc_nut_noi_dung - code name, cell, role (F formula, T text, I input, K input kept when clearing), content;
' cchc_nut_dinh_dang - code name, cells, and a third cell that has their look.

Private Const COLOUR_WHITE As Long = 16777215
Private Const NO_FILL As Long = -4142
Private Const MINUTES_TO_CONFIRM As Double = 2

Public Sub RestoreOriginals()
    Dim restored As Long
    Application.ScreenUpdating = False
    restored = RestoreContents()
    RestoreLooks
    Recalculate
    Application.ScreenUpdating = True
    Announce Filled("restored", Array(restored))
End Sub

' How many formulas and labels differ from the issued ones.
Public Function CountOverwritten() As Long
    Dim entries As Variant
    Dim i As Long
    Dim sheet As Object
    entries = NamedRange("cchc_nut_noi_dung").Value
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If Not IsOriginal(entries, i, sheet.Range(entries(i, 2))) Then
            CountOverwritten = CountOverwritten + 1
        End If
    Next i
End Function

' The first input that holds a formula other than plain arithmetic on figures; Nothing when there is none.
Public Function FirstInputWithFormula() As Object
    Dim entries As Variant
    Dim i As Long
    Dim cell As Object
    Dim sheet As Object
    entries = NamedRange("cchc_nut_noi_dung").Value
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If IsInputRole(entries(i, 3)) Then
            Set cell = sheet.Range(entries(i, 2))
            If cell.HasFormula Then
                If Not IsPlainArithmetic(cell.Formula) Then
                    Set FirstInputWithFormula = cell
                    Exit Function
                End If
            End If
        End If
    Next i
End Function

' Put every input back to how it was issued, after a second press.
Public Sub ClearFigures()
    If Not IsBlankContent(NamedRange("cchc_da_xuat").Value) Then
        ForgetPending
        Announce Filled("clear_refused", Array(TextOf(NamedRange("cchc_da_xuat").Value)))
        Exit Sub
    End If
    If Not IsConfirmed("clear") Then
        Announce Phrase("clear_ask")
        Exit Sub
    End If
    Dim entries As Variant
    Dim i As Long
    Dim cell As Object
    Dim sheet As Object
    Dim cleared As Long
    Application.ScreenUpdating = False
    entries = NamedRange("cchc_nut_noi_dung").Value
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If entries(i, 3) = "I" Then
            Set cell = sheet.Range(entries(i, 2))
            If cell.HasFormula Or Not SameContent(cell.Value, entries(i, 4)) Then
                PutContent cell, entries(i, 4)
                cleared = cleared + 1
            End If
        End If
    Next i
    Recalculate
    Application.ScreenUpdating = True
    Announce Filled("cleared", Array(cleared))
End Sub

' True on the second press within two minutes while no input has changed; the first press only takes note.
Public Function IsConfirmed(ByVal action As String) As Boolean
    Dim pending As Object
    Dim state As String
    Set pending = NamedRange("cchc_nut_cho")
    state = action & " " & FingerprintOfInputs()
    If TextOf(pending.Cells(1, 1).Value) = state Then
        IsConfirmed = ((CDbl(Now) - pending.Cells(1, 2).Value) * 1440 < MINUTES_TO_CONFIRM)
    End If
    If IsConfirmed Then
        ForgetPending
    Else
        pending.Cells(1, 1).Value = state
        pending.Cells(1, 2).Value = CDbl(Now)
    End If
End Function

Public Sub ForgetPending()
    NamedRange("cchc_nut_cho").ClearContents
End Sub

Private Function FingerprintOfInputs() As String
    Dim entries As Variant
    Dim content As String
    Dim sum As Double
    Dim i As Long
    Dim k As Long
    Dim sheet As Object
    entries = NamedRange("cchc_nut_noi_dung").Value
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If IsInputRole(entries(i, 3)) Then
            content = TextOf(sheet.Range(entries(i, 2)).Value) & "|"
            For k = 1 To Len(content)
                sum = sum * 31 + (AscW(Mid(content, k, 1)) And 65535)
                sum = sum - Int(sum / 16777213) * 16777213
            Next k
        End If
    Next i
    FingerprintOfInputs = CStr(sum)
End Function

Private Function RestoreContents() As Long
    Dim entries As Variant
    Dim sheet As Object
    Dim wasProtected As Boolean
    Dim code As String
    Dim i As Long
    entries = NamedRange("cchc_nut_noi_dung").Value
    For i = 1 To UBound(entries, 1)
        If entries(i, 1) <> code Then
            If code <> "" Then Relock sheet, wasProtected
            code = entries(i, 1)
            Set sheet = SheetByCode(code)
            wasProtected = LiftProtection(sheet)
        End If
        If Not IsOriginal(entries, i, sheet.Range(entries(i, 2))) Then
            If entries(i, 3) = "F" Then
                sheet.Range(entries(i, 2)).Formula = entries(i, 4)
            Else
                PutContent sheet.Range(entries(i, 2)), entries(i, 4)
            End If
            RestoreContents = RestoreContents + 1
        End If
    Next i
    If code <> "" Then Relock sheet, wasProtected
End Function

' Inputs are always as they should be: whatever was typed is the officer's.
Private Function IsOriginal(ByRef entries As Variant, ByVal i As Long, ByVal cell As Object) As Boolean
    If IsInputRole(entries(i, 3)) Then
        IsOriginal = True
    ElseIf entries(i, 3) = "F" Then
        If cell.HasFormula Then IsOriginal = IsSameFormula(cell.Formula, entries(i, 4))
    ElseIf Not cell.HasFormula Then
        IsOriginal = SameContent(cell.Value, entries(i, 4))
    End If
End Function

Private Function IsInputRole(ByVal role As Variant) As Boolean
    IsInputRole = (role = "I" Or role = "K")
End Function

' The list runs sheet by sheet.
Private Function IsFirstOfSheet(ByRef entries As Variant, ByVal i As Long) As Boolean
    If i = 1 Then
        IsFirstOfSheet = True
    Else
        IsFirstOfSheet = (entries(i, 1) <> entries(i - 1, 1))
    End If
End Function

' Spreadsheet programs rewrite formulas in small ways, so in doubt the issued one goes through the same mill.
Private Function IsSameFormula(ByVal found As String, ByVal issued As String) As Boolean
    Dim scratch As Object
    IsSameFormula = (Compact(found) = Compact(issued))
    If IsSameFormula Then Exit Function
    Set scratch = NamedRange("cchc_nut_nhap")
    scratch.Formula = issued
    IsSameFormula = (found = scratch.Formula)
    scratch.ClearContents
End Function

Private Function Compact(ByVal formulaText As String) As String
    Compact = UCase(Replace(formulaText, " ", ""))
    Compact = Replace(Replace(Compact, "FALSE()", "FALSE"), "TRUE()", "TRUE")
End Function

' A text goes through the text format, so that "1." does not become a number; its look is restored later.
Private Sub PutContent(ByVal cell As Object, ByVal content As Variant)
    Dim wanted As String
    If IsBlankContent(content) Then
        cell.MergeArea.ClearContents
    ElseIf VarType(content) = vbString Then
        wanted = cell.NumberFormat
        cell.NumberFormat = "@"
        cell.Value = content
        cell.NumberFormat = wanted
    Else
        cell.Value = content
    End If
End Sub

Private Function IsPlainArithmetic(ByVal formulaText As String) As Boolean
    Dim i As Long
    For i = 1 To Len(formulaText)
        If InStr(1, "=+-*/().,% 0123456789", Mid(formulaText, i, 1)) = 0 Then Exit Function
    Next i
    IsPlainArithmetic = True
End Function

Private Sub RestoreLooks()
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
