Attribute VB_Name = "modOwnPython"
Option Explicit

' Nobody else's Python. xlwings asks the active workbook for its settings before the add-in, and runs the code of a
' sheet whose name ends in ".py": a workbook that brings either is refused before xlwings looks at it. A file beside
' the workbook is never asked, because the settings sheet answers every question that xlwings has.

Private Const INTERPRETER_NAME As String = "cchc_trinh_thong_dich"
Private Const TEMPORARY_NAME As String = "cchc_py_thu_muc_tam"
Private Const INTERPRETER_AT_REST As String = "python"
Private Const TEMPORARY_AT_REST As String = "%TEMP%"
Private Const SETTINGS_OF_WORKBOOKS As String = "xlwings.conf"

' The sheet that brings settings or code of its own; "" when there is none.
Public Function ForeignSheet(ByVal book As Object) As String
    Dim sheet As Object
    If book Is Nothing Then Exit Function
    For Each sheet In book.Sheets
        If IsForeign(sheet, LCase(sheet.Name)) Then
            ForeignSheet = sheet.Name
            Exit Function
        End If
    Next sheet
End Function

' For worksheet functions, which xlwings answers without asking us: an error where Python must not run.
Public Sub AssureOwnPython()
    If ForeignSheet(ActiveWorkbook) <> "" Then Err.Raise 1004, "AssureOwnPython", SettingText("py_tep_la")
    LeaveUntrustedFolder
End Sub

' Windows and Python look for programs and modules in the current folder first: it must not be a mailed one.
Public Sub LeaveUntrustedFolder()
    On Error Resume Next
    ChDrive Left(Application.Path, 1)
    ChDir Application.Path
End Sub

' What xlwings takes for this run: its interpreter, and the folder of its error file.
Public Sub ChoosePython(ByVal interpreter As String)
    PutSetting INTERPRETER_NAME, interpreter
    PutSetting TEMPORARY_NAME, TemporaryFolder()
End Sub

' A workbook is mailed on, so it must not carry this user's folders; the add-in keeps them for its functions.
Public Sub ForgetPython()
    On Error Resume Next
    If ThisWorkbook.IsAddin Then Exit Sub
    PutSetting INTERPRETER_NAME, INTERPRETER_AT_REST
    PutSetting TEMPORARY_NAME, TEMPORARY_AT_REST
End Sub

' Texts are Vietnamese, macros ASCII: they stand in cells of the workbook that holds this macro.
Public Function SettingText(ByVal textCode As String) As String
    SettingText = ThisWorkbook.Names("cchc_chu_" & textCode).RefersToRange.Value
End Function

Private Sub PutSetting(ByVal cellName As String, ByVal content As String)
    Dim cell As Object
    Set cell = ThisWorkbook.Names(cellName).RefersToRange
    If cell.Value <> content Then cell.Value = content
End Sub

Private Function IsForeign(ByVal sheet As Object, ByVal name As String) As Boolean
    If Right(name, 3) = ".py" Then
        IsForeign = True
    ElseIf name = SETTINGS_OF_WORKBOOKS Then
        IsForeign = Not HoldsOurSettings(sheet)
    ElseIf Right(name, 5) = ".conf" Then
        IsForeign = True
    End If
End Function

' Our workbooks carry such a sheet too; every setting on it is one of ours with our value, in older ones fewer.
Private Function HoldsOurSettings(ByVal sheet As Object) As Boolean
    Dim lastRow As Long
    Dim i As Long
    On Error GoTo Strange
    lastRow = sheet.UsedRange.Row + sheet.UsedRange.Rows.Count - 1
    For i = 1 To lastRow
        If Not IsOurSetting(sheet.Cells(i, 1).Value, sheet.Cells(i, 2).Value) Then Exit Function
    Next i
    HoldsOurSettings = True
    Exit Function
Strange:
    HoldsOurSettings = False
End Function

Private Function IsOurSetting(ByVal key As Variant, ByVal content As Variant) As Boolean
    Dim settings As Object
    Dim i As Long
    If TextOf(key) & TextOf(content) = "" Then
        IsOurSetting = True
        Exit Function
    End If
    Set settings = ThisWorkbook.Names(INTERPRETER_NAME).RefersToRange.Worksheet
    i = 1
    Do While TextOf(settings.Cells(i, 1).Value) <> ""
        If TextOf(settings.Cells(i, 1).Value) = TextOf(key) Then
            IsOurSetting = (TextOf(content) = TextOf(settings.Cells(i, 2).Value) Or _
                IsAtRest(TextOf(key), TextOf(content)))
            Exit Function
        End If
        i = i + 1
    Loop
End Function

' The two settings that are filled in for a run only.
Private Function IsAtRest(ByVal key As String, ByVal content As String) As Boolean
    IsAtRest = (key = "INTERPRETER_WIN" And content = INTERPRETER_AT_REST) Or _
        (key = "TEMP DIR" And content = TEMPORARY_AT_REST)
End Function
