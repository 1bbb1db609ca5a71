Attribute VB_Name = "modSubmission"
Option Explicit

' The copy to submit: everything locked, no macros and no buttons, figures as typed. Formulas of computed rows
' stay, so that whoever reads the copy can compare them with the catalogue.

Private Const FORM_CONTROL As Long = 8
Private Const CONTROL_IN_LIBREOFFICE As Long = 12
Private Const SHEET_VISIBLE As Long = -1
Private Const EXCHANGE_CODE As String = "NhapGhepTep"
Private Const SETTINGS_CODE As String = "PythonSettings"

Public Sub ExportSubmission()
    Dim copy As Object
    Dim folder As String
    Dim savedAs As String
    Recalculate
    If Not MayExport() Then Exit Sub
    Application.ScreenUpdating = False
    folder = FolderToSubmit()
    savedAs = FreeName(folder, SubmissionName())
    Set copy = OpenCopy()
    PrepareCopy copy
    SaveCopy copy, PathIn(folder, savedAs)
    WriteLocked NamedRange("cchc_da_xuat"), Moment(Now)
    Application.ScreenUpdating = True
    If folder = FolderOfWorkbook() Then
        Announce Filled("exported", Array(savedAs))
    Else
        Announce Filled("exported_elsewhere", Array(savedAs, folder))
    End If
End Sub

' Nothing that would be refused anyway is exported; with faults left, a reason and a second press are needed.
Private Function MayExport() As Boolean
    Dim strange As Object
    Dim overwritten As Long
    Dim errorsLeft As Long
    overwritten = CountOverwritten()
    Set strange = FirstInputWithFormula()
    errorsLeft = CountMarks(Phrase("sign_error"))
    If FolderOfWorkbook() = "" Then
        Announce Phrase("export_unsaved")
    ElseIf FolderToSubmit() = "" Then
        Announce Phrase("export_no_folder")
    ElseIf overwritten > 0 Then
        Announce Filled("export_overwritten", Array(overwritten))
    ElseIf Not strange Is Nothing Then
        Announce Filled("export_formula", Array(strange.Worksheet.Name, Replace(strange.Address, "$", "")))
    ElseIf errorsLeft = 0 Then
        MayExport = MayExportBlanks()
    ElseIf Trim(TextOf(NamedRange("cchc_ly_do").Value)) = "" Then
        Announce Filled("export_faults", Array(errorsLeft))
        GoToFirstError
    ElseIf IsConfirmed("export") Then
        MayExport = True
    Else
        Announce Filled("export_ask", Array(errorsLeft))
    End If
End Function

' Cells may stay empty, but not by oversight.
Private Function MayExportBlanks() As Boolean
    Dim blanks As Long
    blanks = CountMarks(Phrase("sign_blank"))
    If blanks = 0 Then
        MayExportBlanks = True
    ElseIf IsConfirmed("export") Then
        MayExportBlanks = True
    Else
        Announce Filled("export_blanks", Array(blanks))
    End If
End Function

' Beside the workbook; one opened from OneDrive or SharePoint has a web address for its folder, where nobody can tell
' whether a name is free and saving replaces what is there: its copy goes to this computer. "" when there is no place.
Private Function FolderToSubmit() As String
    FolderToSubmit = FolderOfWorkbook()
    If InStr(1, FolderToSubmit, "://") > 0 Then FolderToSubmit = FolderOfDocuments()
End Function

Private Function FreeName(ByVal folder As String, ByVal fileName As String) As String
    Dim number As Long
    FreeName = fileName
    number = 2
    Do While IsTaken(PathIn(folder, FreeName))
        FreeName = Replace(fileName, ".xlsx", " (" & number & ").xlsx")
        number = number + 1
    Loop
End Function

Private Function PathIn(ByVal folder As String, ByVal fileName As String) As String
    PathIn = folder & Application.PathSeparator & fileName
End Function

Private Function SubmissionName() As String
    SubmissionName = Phrase("file_prefix") & "_" & TextOf(NamedRange("cchc_ky").Value) & "_" & _
        TextOf(NamedRange("cchc_ma_don_vi").Value) & "_lan" & TextOf(NamedRange("cchc_lan_nop").Value) & ".xlsx"
End Function

' Turn an opened copy of this workbook into the copy to submit.
Public Sub PrepareCopy(ByVal book As Object)
    Dim sheet As Object
    WriteLocked NamedRangeOf(book, "cchc_trang_thai"), ""
    WriteLocked NamedRangeOf(book, "cchc_ban_nop"), "1"
    RemoveLink NamedRangeOf(book, "cchc_nut_lien_ket_dan")
    For Each sheet In book.Worksheets
        LiftProtection sheet
        RemoveButtons sheet
        sheet.UsedRange.Locked = True
        Relock sheet, True
    Next sheet
    RemoveSheet book, NamedRangeOf(book, "cchc_nut_dan_thong_bao").Worksheet
    RemoveSheet book, NamedRangeOf(book, "cchc_nut_cau").Worksheet
    RemovePythonSheets book
    RemoveButtonNames book
End Sub

' It leads to a sheet that goes too.
Private Sub RemoveLink(ByVal link As Object)
    LiftProtection link.Worksheet
    link.Clear
End Sub

Private Sub RemoveButtons(ByVal sheet As Object)
    Dim i As Long
    For i = sheet.Shapes.Count To 1 Step -1
        If sheet.Shapes(i).Type = FORM_CONTROL Or sheet.Shapes(i).Type = CONTROL_IN_LIBREOFFICE Then
            sheet.Shapes(i).Delete
        End If
    Next i
End Sub

Private Sub RemoveSheet(ByVal book As Object, ByVal sheet As Object)
    Application.DisplayAlerts = False
    sheet.Visible = SHEET_VISIBLE
    sheet.Delete
    Application.DisplayAlerts = True
End Sub

' What only the Python buttons work with; a workbook without them has no such sheets.
Private Sub RemovePythonSheets(ByVal book As Object)
    Dim i As Long
    For i = book.Worksheets.Count To 1 Step -1
        If book.Worksheets(i).CodeName = EXCHANGE_CODE Or book.Worksheets(i).CodeName = SETTINGS_CODE Then
            RemoveSheet book, book.Worksheets(i)
        End If
    Next i
End Sub

Private Sub RemoveButtonNames(ByVal book As Object)
    Dim i As Long
    For i = book.Names.Count To 1 Step -1
        If IsButtonName(book.Names(i).Name) Then book.Names(i).Delete
    Next i
End Sub

Private Function IsButtonName(ByVal name As String) As Boolean
    IsButtonName = Left(name, 9) = "cchc_nut_" Or Left(name, 8) = "cchc_py_" Or Left(name, 9) = "cchc_chu_" _
        Or name = "cchc_trinh_thong_dich"
End Function
