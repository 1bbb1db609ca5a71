Attribute VB_Name = "modOriginals"
Option Explicit

' The sheet of originals holds how the workbook was issued:
' cchc_nut_noi_dung - code name, cells, role, content, one entry for all cells of a sheet that are alike.
' The sheet and the role stand only where they change.
' Roles: F formula (ROW_MARK stands for the row), T text, N number (content + row), I input, K input kept when clearing.

Private Const MINUTES_TO_CONFIRM As Double = 2
Private Const ROW_MARK As String = "`"

Public Sub RestoreOriginals()
    Dim restored As Long
    Application.ScreenUpdating = False
    restored = RestoreContents()
    RestoreLooks
    Recalculate
    Application.ScreenUpdating = True
    Announce Filled("restored", Array(restored))
End Sub

Private Function IssuedEntries() As Variant
    Dim entries As Variant
    Dim i As Long
    entries = NamedRange("cchc_nut_noi_dung").Value
    For i = 2 To UBound(entries, 1)
        If IsBlankContent(entries(i, 1)) Then entries(i, 1) = entries(i - 1, 1)
        If IsBlankContent(entries(i, 3)) Then entries(i, 3) = entries(i - 1, 3)
    Next i
    IssuedEntries = entries
End Function

' How many formulas and labels differ from the issued ones.
Public Function CountOverwritten() As Long
    Dim entries As Variant
    Dim i As Long
    Dim part As Variant
    Dim cell As Object
    Dim sheet As Object
    entries = IssuedEntries()
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If Not IsInputRole(entries(i, 3)) Then
            For Each part In Split(entries(i, 2), ",")
                For Each cell In sheet.Range(part).Cells
                    If Not IsOriginal(entries, i, cell) Then CountOverwritten = CountOverwritten + 1
                Next cell
            Next part
        End If
    Next i
End Function

' The first input that holds a formula other than plain arithmetic on figures; Nothing when there is none.
Public Function FirstInputWithFormula() As Object
    Dim entries As Variant
    Dim i As Long
    Dim part As Variant
    Dim cell As Object
    Dim sheet As Object
    entries = IssuedEntries()
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If IsInputRole(entries(i, 3)) Then
            For Each part In Split(entries(i, 2), ",")
                For Each cell In sheet.Range(part).Cells
                    If HasForeignFormula(cell) Then
                        Set FirstInputWithFormula = cell
                        Exit Function
                    End If
                Next cell
            Next part
        End If
    Next i
End Function

Private Function HasForeignFormula(ByVal cell As Object) As Boolean
    If cell.HasFormula Then HasForeignFormula = Not IsPlainArithmetic(cell.Formula)
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
    Dim part As Variant
    Dim sheet As Object
    Dim cleared As Long
    Application.ScreenUpdating = False
    entries = IssuedEntries()
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If entries(i, 3) = "I" Then
            For Each part In Split(entries(i, 2), ",")
                cleared = cleared + CountOfCleared(sheet.Range(part), entries(i, 4))
            Next part
        End If
    Next i
    Recalculate
    Application.ScreenUpdating = True
    Announce Filled("cleared", Array(cleared))
End Sub

' Puts the issued content into every input that has another; how many these were.
Private Function CountOfCleared(ByVal inputs As Object, ByVal issued As Variant) As Long
    Dim cell As Object
    For Each cell In inputs.Cells
        If cell.HasFormula Or Not SameContent(cell.Value, issued) Then
            PutContent cell, issued
            CountOfCleared = CountOfCleared + 1
        End If
    Next cell
End Function

' True on the second press within two minutes while no input has changed; the first press only takes note.
' The two minutes run from the question to the press, however long the counting takes.
Public Function IsConfirmed(ByVal action As String) As Boolean
    Dim pending As Object
    Dim state As String
    Set pending = NamedRange("cchc_nut_cho")
    state = action & " " & FingerprintOfInputs()
    If TextOf(pending.Cells(1, 1).Value) = state Then
        IsConfirmed = ((CDbl(PressedAt()) - pending.Cells(1, 2).Value) * 1440 < MINUTES_TO_CONFIRM)
    End If
    If IsConfirmed Then
        ForgetPending
    Else
        pending.Cells(1, 1).Value = state
        pending.Cells(1, 2).Value = CDbl(Clock())
    End If
End Function

Public Sub ForgetPending()
    NamedRange("cchc_nut_cho").ClearContents
End Sub

Private Function FingerprintOfInputs() As String
    Dim entries As Variant
    Dim sum As Double
    Dim i As Long
    Dim part As Variant
    Dim cell As Object
    Dim sheet As Object
    entries = IssuedEntries()
    For i = 1 To UBound(entries, 1)
        If IsFirstOfSheet(entries, i) Then Set sheet = SheetByCode(entries(i, 1))
        If IsInputRole(entries(i, 3)) Then
            For Each part In Split(entries(i, 2), ",")
                For Each cell In sheet.Range(part).Cells
                    sum = Stirred(sum, TextOf(cell.Value) & "|")
                Next cell
            Next part
        End If
    Next i
    FingerprintOfInputs = CStr(sum)
End Function

Private Function Stirred(ByVal sum As Double, ByVal content As String) As Double
    Dim k As Long
    For k = 1 To Len(content)
        sum = sum * 31 + (AscW(Mid(content, k, 1)) And 65535)
        sum = sum - Int(sum / 16777213) * 16777213
    Next k
    Stirred = sum
End Function

Private Function RestoreContents() As Long
    Dim entries As Variant
    Dim sheet As Object
    Dim wasProtected As Boolean
    Dim code As String
    Dim i As Long
    Dim part As Variant
    entries = IssuedEntries()
    For i = 1 To UBound(entries, 1)
        If entries(i, 1) <> code Then
            If code <> "" Then Relock sheet, wasProtected
            code = entries(i, 1)
            Set sheet = SheetByCode(code)
            wasProtected = LiftProtection(sheet)
        End If
        If Not IsInputRole(entries(i, 3)) Then
            For Each part In Split(entries(i, 2), ",")
                RestoreContents = RestoreContents + CountOfRestored(entries, i, sheet.Range(part))
            Next part
        End If
    Next i
    If code <> "" Then Relock sheet, wasProtected
End Function

Private Function CountOfRestored(ByRef entries As Variant, ByVal i As Long, ByVal cells As Object) As Long
    Dim cell As Object
    For Each cell In cells.Cells
        If Not IsOriginal(entries, i, cell) Then
            If entries(i, 3) = "F" Then
                cell.Formula = IssuedContent(entries, i, cell)
            Else
                PutContent cell, IssuedContent(entries, i, cell)
            End If
            CountOfRestored = CountOfRestored + 1
        End If
    Next cell
End Function

Private Function IssuedContent(ByRef entries As Variant, ByVal i As Long, ByVal cell As Object) As Variant
    Select Case entries(i, 3)
        Case "F"
            IssuedContent = Replace(entries(i, 4), ROW_MARK, CStr(cell.Row))
        Case "N"
            IssuedContent = entries(i, 4) + cell.Row
        Case Else
            IssuedContent = entries(i, 4)
    End Select
End Function

' Inputs are always as they should be: whatever was typed is the officer's.
Private Function IsOriginal(ByRef entries As Variant, ByVal i As Long, ByVal cell As Object) As Boolean
    If IsInputRole(entries(i, 3)) Then
        IsOriginal = True
    ElseIf entries(i, 3) = "F" Then
        If cell.HasFormula Then IsOriginal = IsSameFormula(cell.Formula, IssuedContent(entries, i, cell))
    ElseIf Not cell.HasFormula Then
        IsOriginal = SameContent(cell.Value, IssuedContent(entries, i, cell))
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
