Attribute VB_Name = "modPythonCall"
Option Explicit

' Runs one command in Python, or says in the workbook which obstacle it met.

Private Const STATUS_NAME As String = "cchc_trang_thai"
Private Const INTERPRETER_NAME As String = "cchc_trinh_thong_dich"
Private Const ICON_WARNING As Long = 48

Private hasAnswered As Boolean
Private lastProblem As String
Private lifted As Collection

' True when Python did its work. The probe is skipped once Python has answered in this session.
Public Function RanPython(ByVal pythonCommand As String) As Boolean
    Dim outcome As Variant
    lastProblem = ""
    LeaveUntrustedFolder
    If Not hasAnswered Then lastProblem = PythonProblem()
    If lastProblem <> "" Then Exit Function
    hasAnswered = True
    Application.StatusBar = SettingText("py_dang_chay")
    SetInterpreter PythonInterpreter()
    On Error GoTo Failed
    OpenLockedSheets ActiveWorkbook
    outcome = RunPython(pythonCommand)
    If outcome = -1 Then lastProblem = "py_bao_loi"
    GoTo Finished
Failed:
    lastProblem = "py_bi_chan"
    Resume Finished
Finished:
    On Error GoTo 0
    LockSheetsAgain
    ForgetInterpreter
    Application.StatusBar = False
    hasAnswered = (lastProblem = "")
    RanPython = hasAnswered
End Function

' Python writes through Excel's ordinary doors: locked sheets are opened for it and locked again after it.
Private Sub OpenLockedSheets(ByVal book As Object)
    Dim sheet As Object
    Set lifted = New Collection
    For Each sheet In book.Worksheets
        If LiftProtection(sheet) Then lifted.Add sheet
    Next sheet
End Sub

Private Sub LockSheetsAgain()
    Dim sheet As Object
    If lifted Is Nothing Then Exit Sub
    For Each sheet In lifted
        Relock sheet, True
    Next sheet
    Set lifted = Nothing
End Sub

' Writes the obstacle of the last RanPython into the status cell and goes there.
Public Sub TellPythonProblem()
    TellStatus lastProblem
End Sub

Public Sub TellStatus(ByVal textCode As String)
    Dim cell As Range
    Dim fault As Long
    On Error Resume Next
    Set cell = ActiveWorkbook.Names(STATUS_NAME).RefersToRange
    If Not cell Is Nothing Then
        Err.Clear
        WriteLocked cell, SettingText(textCode)
        fault = Err.Number
        cell.Worksheet.Activate
        cell.Select
        If fault = 0 Then Exit Sub
    End If
    CreateObject("WScript.Shell").Popup SettingText(textCode), 0, SettingText("py_tieu_de"), ICON_WARNING
End Sub

' Texts are Vietnamese, macros ASCII: they stand in cells of the workbook that holds this macro.
Public Function SettingText(ByVal textCode As String) As String
    SettingText = ThisWorkbook.Names("cchc_chu_" & textCode).RefersToRange.Value
End Function

' xlwings takes the interpreter from the settings sheet.
Public Sub SetInterpreter(ByVal interpreter As String)
    Dim cell As Range
    Set cell = ThisWorkbook.Names(INTERPRETER_NAME).RefersToRange
    If cell.Value <> interpreter Then cell.Value = interpreter
End Sub

' A workbook is mailed on, so it must not carry this user's folder; the add-in keeps it for its functions.
Private Sub ForgetInterpreter()
    On Error Resume Next
    If ThisWorkbook.IsAddin Then Exit Sub
    SetInterpreter "python"
End Sub

' Windows and Python look for programs and modules in the current folder first: it must not be a mailed one.
Private Sub LeaveUntrustedFolder()
    On Error Resume Next
    ChDrive Left(Application.Path, 1)
    ChDir Application.Path
End Sub
