Attribute VB_Name = "modPaste"
Option Explicit

' The sheet for tables pasted from Word. Reading shows, row by row, which cell a figure belongs to, what stands
' there and what would be written; writing takes the ticked rows only.
' cchc_nut_dan lists the rows of the forms: heading, number, label, code name, cell, kind,
' maximum, choices, KPS.

Private Const HEADING_COLUMN As Long = 1
Private Const NUMBER_COLUMN As Long = 2
Private Const LABEL_COLUMN As Long = 3
Private Const CODE_COLUMN As Long = 4
Private Const CELL_COLUMN As Long = 5
Private Const KIND_COLUMN As Long = 6
Private Const MAXIMUM_COLUMN As Long = 7
Private Const CHOICES_COLUMN As Long = 8
Private Const KPS_COLUMN As Long = 9

' Columns beside the pasted rows.
Private Const PLACE_SHOWN As Long = 1
Private Const OLD_SHOWN As Long = 2
Private Const NEW_SHOWN As Long = 3
Private Const REMARK_SHOWN As Long = 4
Private Const TICK As Long = 5
Private Const TARGET_CODE As Long = 6
Private Const TARGET_CELL As Long = 7
Private Const PASTED_AS As Long = 8

Private rowsOfForms As Variant
Private foldedHeadings() As String
Private foldedLabels() As String

Public Sub ReadPastedTable()
    Dim pasted As Variant
    Dim shown As Object
    Dim wasProtected As Boolean
    Dim heading As String
    Dim i As Long
    Dim rowOfForm As Long
    Application.ScreenUpdating = False
    LoadRowsOfForms
    pasted = NamedRange("cchc_nut_dan_vung").Value
    Set shown = NamedRange("cchc_nut_dan_ket_qua")
    wasProtected = LiftProtection(shown.Worksheet)
    shown.ClearContents
    heading = Folded(TextOf(NamedRange("cchc_nut_dan_bieu").Value))
    For i = 1 To UBound(pasted, 1)
        If IsHeadingOfForm(pasted, i) Then
            heading = Folded(TextOf(pasted(i, 1)) & TextOf(pasted(i, 2)))
            shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_heading")
        ElseIf HoldsFigureRow(pasted, i) Then
            rowOfForm = FindRowOfForm(heading, TextOf(pasted(i, 1)), Folded(TextOf(pasted(i, 2))))
            If rowOfForm > 0 Then
                ShowRow pasted, i, rowOfForm, shown
            ElseIf heading = "" Then
                shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_no_form")
            Else
                shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_not_found")
            End If
        End If
    Next i
    UntickRepeatedCells shown
    AnnounceReading shown
    Relock shown.Worksheet, wasProtected
    Application.ScreenUpdating = True
End Sub

Public Sub WriteTickedRows()
    Dim pasted As Variant
    Dim shown As Object
    Dim wasProtected As Boolean
    Dim written As Long
    Dim refused As Long
    Dim i As Long
    pasted = NamedRange("cchc_nut_dan_vung").Value
    Set shown = NamedRange("cchc_nut_dan_ket_qua")
    wasProtected = LiftProtection(shown.Worksheet)
    For i = 1 To UBound(pasted, 1)
        If LCase(Trim(TextOf(shown.Cells(i, TICK).Value))) = "x" Then
            If IsStillAsShown(pasted, i, shown) Then
                WriteRow i, shown
                written = written + 1
            Else
                refused = refused + 1
            End If
        End If
    Next i
    Relock shown.Worksheet, wasProtected
    Recalculate
    AnnouncePaste Filled("paste_written", Array(written, refused))
End Sub

Public Sub ClearPasteArea()
    Dim area As Object
    Dim shown As Object
    Dim wasProtected As Boolean
    Set area = NamedRange("cchc_nut_dan_vung")
    Set shown = NamedRange("cchc_nut_dan_ket_qua")
    wasProtected = LiftProtection(area.Worksheet)
    ' A pasted table may bring merged cells along; they would split the next one.
    area.UnMerge
    area.ClearContents
    area.NumberFormat = "@"
    area.Locked = False
    shown.ClearContents
    Relock area.Worksheet, wasProtected
    AnnouncePaste Phrase("paste_cleared")
End Sub

' One row whose place is known: old and new side by side, ticked only where nothing is in doubt.
Private Sub ShowRow(ByRef pasted As Variant, ByVal i As Long, ByVal rowOfForm As Long, ByVal shown As Object)
    Dim target As Object
    Dim typed As String
    Dim reading As String
    Dim kind As String
    kind = rowsOfForms(rowOfForm, KIND_COLUMN)
    If kind = "heading" Then Exit Sub
    Set target = SheetByCode(rowsOfForms(rowOfForm, CODE_COLUMN)).Range(rowsOfForms(rowOfForm, CELL_COLUMN))
    shown.Cells(i, PLACE_SHOWN).Value = Filled("paste_place", Array(target.Worksheet.Name, _
        rowsOfForms(rowOfForm, CELL_COLUMN)))
    ShowContent shown.Cells(i, OLD_SHOWN), target, target.Value
    If kind = "computed" Then
        shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_computed")
        Exit Sub
    End If
    If IsBlankContent(pasted(i, 4)) Then
        shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_blank")
        Exit Sub
    End If
    If VarType(pasted(i, 4)) <> vbString Then
        shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_not_text")
        Exit Sub
    End If
    typed = WithoutOuterBlanks(pasted(i, 4))
    reading = ReadingFor(rowOfForm, typed)
    If reading = "" Then
        shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_unreadable")
    ElseIf InStr(1, reading, "|") > 0 Then
        shown.Cells(i, REMARK_SHOWN).Value = Filled("paste_ambiguous", Array(ReadingsWritten(reading)))
    Else
        ShowReading pasted, i, rowOfForm, shown, target, reading
    End If
End Sub

Private Sub ShowReading(ByRef pasted As Variant, ByVal i As Long, ByVal rowOfForm As Long, _
        ByVal shown As Object, ByVal target As Object, ByVal reading As String)
    Dim content As Variant
    If reading = "KPS" Then
        content = reading
    Else
        content = NumberOf(reading)
    End If
    ShowContent shown.Cells(i, NEW_SHOWN), target, content
    shown.Cells(i, TARGET_CODE).Value = rowsOfForms(rowOfForm, CODE_COLUMN)
    shown.Cells(i, TARGET_CELL).Value = rowsOfForms(rowOfForm, CELL_COLUMN)
    shown.Cells(i, PASTED_AS).Value = PastedText(pasted, i)
    If Folded(TextOf(pasted(i, 2))) <> foldedLabels(rowOfForm) Then
        shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_label_differs")
    ElseIf SameContent(target.Value, content) Then
        shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_same")
    Else
        shown.Cells(i, TICK).Value = "x"
        If IsBlankContent(target.Value) Then
            shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_new")
        Else
            shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_changes")
        End If
    End If
End Sub

' A content in the number format of the cell it belongs to.
Private Sub ShowContent(ByVal cell As Object, ByVal target As Object, ByVal content As Variant)
    If IsError(content) Or IsBlankContent(content) Then Exit Sub
    cell.NumberFormat = target.NumberFormat
    cell.Value = content
End Sub

Private Function ReadingFor(ByVal rowOfForm As Long, ByVal typed As String) As String
    Dim choices As String
    If UCase(typed) = "KPS" Then
        If rowsOfForms(rowOfForm, KPS_COLUMN) = "1" Then ReadingFor = "KPS"
    ElseIf rowsOfForms(rowOfForm, KIND_COLUMN) = "choice" Then
        choices = "|" & rowsOfForms(rowOfForm, CHOICES_COLUMN) & "|"
        If InStr(1, choices, "|" & typed & "|") > 0 Then ReadingFor = typed
    ElseIf rowsOfForms(rowOfForm, KIND_COLUMN) <> "other" Then
        ReadingFor = ValidReadings(typed, rowsOfForms(rowOfForm, KIND_COLUMN), _
            rowsOfForms(rowOfForm, MAXIMUM_COLUMN))
    End If
End Function

Private Function ReadingsWritten(ByVal readings As String) As String
    Dim reading As Variant
    For Each reading In Split(readings, "|")
        If ReadingsWritten <> "" Then ReadingsWritten = ReadingsWritten & " / "
        ReadingsWritten = ReadingsWritten & WrittenHere(reading)
    Next reading
End Function

' Two pasted rows for one cell are two readings: neither is ticked.
Private Sub UntickRepeatedCells(ByVal shown As Object)
    Dim found As Variant
    Dim i As Long
    Dim k As Long
    found = shown.Value
    For i = 1 To UBound(found, 1)
        If Not IsBlankContent(found(i, PLACE_SHOWN)) Then
            For k = i + 1 To UBound(found, 1)
                If found(k, PLACE_SHOWN) = found(i, PLACE_SHOWN) Then
                    MarkRepeated shown, i
                    MarkRepeated shown, k
                End If
            Next k
        End If
    Next i
End Sub

Private Sub MarkRepeated(ByVal shown As Object, ByVal i As Long)
    shown.Cells(i, TICK).ClearContents
    shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_twice")
End Sub

Private Sub AnnounceReading(ByVal shown As Object)
    Dim found As Variant
    Dim ticked As Long
    Dim placed As Long
    Dim i As Long
    found = shown.Value
    For i = 1 To UBound(found, 1)
        If Not IsBlankContent(found(i, REMARK_SHOWN)) Then placed = placed + 1
        If TextOf(found(i, TICK)) = "x" Then ticked = ticked + 1
    Next i
    If placed = 0 Then
        AnnouncePaste Phrase("paste_nothing")
    Else
        AnnouncePaste Filled("paste_read", Array(ticked, placed - ticked))
    End If
End Sub

' What was shown must still be what is there, on both sides.
Private Function IsStillAsShown(ByRef pasted As Variant, ByVal i As Long, ByVal shown As Object) As Boolean
    Dim target As Object
    If IsBlankContent(shown.Cells(i, TARGET_CODE).Value) Then
        shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_no_value")
        Exit Function
    End If
    Set target = SheetByCode(shown.Cells(i, TARGET_CODE).Value).Range(shown.Cells(i, TARGET_CELL).Value)
    IsStillAsShown = SameContent(target.Value, shown.Cells(i, OLD_SHOWN).Value)
    If PastedText(pasted, i) <> TextOf(shown.Cells(i, PASTED_AS).Value) Then IsStillAsShown = False
    If Not IsStillAsShown Then shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_stale")
End Function

Private Sub WriteRow(ByVal i As Long, ByVal shown As Object)
    Dim target As Object
    Set target = SheetByCode(shown.Cells(i, TARGET_CODE).Value).Range(shown.Cells(i, TARGET_CELL).Value)
    target.Value = shown.Cells(i, NEW_SHOWN).Value
    shown.Cells(i, OLD_SHOWN).Value = shown.Cells(i, NEW_SHOWN).Value
    shown.Cells(i, TICK).ClearContents
    shown.Cells(i, REMARK_SHOWN).Value = Phrase("paste_done")
End Sub

' Type and text: a figure that became a number since it was read is not the same any more.
Private Function PastedText(ByRef pasted As Variant, ByVal i As Long) As String
    PastedText = TextOf(pasted(i, 1)) & " > " & TextOf(pasted(i, 2)) & " > " & VarType(pasted(i, 4)) & " " & _
        TextOf(pasted(i, 4))
End Function

Private Sub LoadRowsOfForms()
    Dim i As Long
    rowsOfForms = NamedRange("cchc_nut_dan").Value
    ReDim foldedHeadings(1 To UBound(rowsOfForms, 1))
    ReDim foldedLabels(1 To UBound(rowsOfForms, 1))
    For i = 1 To UBound(rowsOfForms, 1)
        foldedHeadings(i) = Folded(rowsOfForms(i, HEADING_COLUMN))
        foldedLabels(i) = Folded(rowsOfForms(i, LABEL_COLUMN))
    Next i
End Sub

' "Bieu mau 3" alone on its row.
Private Function IsHeadingOfForm(ByRef pasted As Variant, ByVal i As Long) As Boolean
    Dim candidate As String
    Dim k As Long
    If TextOf(pasted(i, 3)) & TextOf(pasted(i, 4)) <> "" Then Exit Function
    candidate = Folded(TextOf(pasted(i, 1)) & TextOf(pasted(i, 2)))
    If candidate = "" Then Exit Function
    For k = 1 To UBound(foldedHeadings)
        If foldedHeadings(k) = candidate Then
            IsHeadingOfForm = True
            Exit Function
        End If
    Next k
End Function

' A row of a form has a unit of measure or a figure; header rows repeat the column titles.
Private Function HoldsFigureRow(ByRef pasted As Variant, ByVal i As Long) As Boolean
    If TextOf(pasted(i, 1)) & TextOf(pasted(i, 2)) = "" Then
        HoldsFigureRow = Not IsBlankContent(pasted(i, 4)) And _
            Folded(TextOf(pasted(i, 4))) <> Folded(Phrase("column_figure"))
    ElseIf Folded(TextOf(pasted(i, 1))) <> Folded(Phrase("column_number")) Then
        HoldsFigureRow = Not (IsBlankContent(pasted(i, 3)) And IsBlankContent(pasted(i, 4)))
    End If
End Function

' By heading and number; a row without number by its label. 0 when there is none or more than one.
Private Function FindRowOfForm(ByVal heading As String, ByVal number As String, ByVal label As String) As Long
    Dim i As Long
    Dim wanted As String
    If heading = "" Then Exit Function
    wanted = FoldedNumber(number)
    For i = 1 To UBound(rowsOfForms, 1)
        If foldedHeadings(i) = heading And FoldedNumber(TextOf(rowsOfForms(i, NUMBER_COLUMN))) = wanted Then
            If wanted <> "" Or foldedLabels(i) = label Then
                If FindRowOfForm > 0 Then
                    FindRowOfForm = 0
                    Exit Function
                End If
                FindRowOfForm = i
            End If
        End If
    Next i
End Function

' "2.1.1." and " 2.1.1" are the same number.
Private Function FoldedNumber(ByVal number As String) As String
    FoldedNumber = WithoutOuterBlanks(number)
    Do While Right(FoldedNumber, 1) = "."
        FoldedNumber = Left(FoldedNumber, Len(FoldedNumber) - 1)
    Loop
End Function

' A label down to its letters, and a heading's digits: blanks, punctuation and footnote marks come and go.
Private Function Folded(ByVal wording As String) As String
    Dim lowered As String
    Dim i As Long
    Dim code As Long
    lowered = LCase(wording)
    For i = 1 To Len(lowered)
        code = AscW(Mid(lowered, i, 1)) And 65535
        If (code >= 97 And code <= 122) Or code >= 192 And code < 8192 Then Folded = Folded & Mid(lowered, i, 1)
    Next i
    If Len(Folded) < 12 Then Folded = Folded & DigitsIn(lowered)
End Function

Private Function DigitsIn(ByVal wording As String) As String
    Dim i As Long
    For i = 1 To Len(wording)
        If InStr(1, "0123456789", Mid(wording, i, 1)) > 0 Then DigitsIn = DigitsIn & Mid(wording, i, 1)
    Next i
End Function
