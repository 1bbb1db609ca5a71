Attribute VB_Name = "modPythonCall"
Option Explicit

' Runs one command in Python, or says in the workbook which obstacle it met.

Private Const STATUS_NAME As String = "cchc_trang_thai"
Private Const ICON_WARNING As Long = 48

Private hasAnswered As Boolean
Private lastProblem As String

' True when Python did its work. The probe is skipped once Python has answered in this session; whether the
' interpreter is still where it was is asked every time, because xlwings reports its absence as success.
Public Function RanPython(ByVal pythonCommand As String) As Boolean
    LeaveUntrustedFolder
    lastProblem = ""
    If ForeignSheet(ActiveWorkbook) <> "" Then lastProblem = "py_tep_la"
    If lastProblem = "" Then lastProblem = InterpreterProblem(PythonInterpreter())
    If lastProblem = "" And Not hasAnswered Then lastProblem = PythonProblem()
    If lastProblem = "" Then lastProblem = ProblemOfRun(pythonCommand)
    hasAnswered = (lastProblem = "")
    RanPython = hasAnswered
End Function

Private Function ProblemOfRun(ByVal pythonCommand As String) As String
    Dim outcome As Variant
    On Error GoTo Failed
    Application.StatusBar = SettingText("py_dang_chay")
    ChoosePython PythonInterpreter()
    OpenLockedSheets ActiveWorkbook
    outcome = RunPython(pythonCommand)
    If outcome = -1 Then ProblemOfRun = "py_bao_loi"
    GoTo Finished
Failed:
    ProblemOfRun = "py_bi_chan"
    Resume Finished
Finished:
    On Error Resume Next
    LockSheetsAgain
    ForgetPython
    Application.StatusBar = False
End Function

' Python writes through Excel's ordinary doors: locked sheets are opened for it and locked again after it.
Private Sub OpenLockedSheets(ByVal book As Object)
    Dim sheet As Object
    ForgetLifted
    For Each sheet In book.Worksheets
        LiftProtection sheet
    Next sheet
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
        ForgetLifted
        WriteLocked cell, SettingText(textCode)
        fault = Err.Number
        LockSheetsAgain
        cell.Worksheet.Activate
        cell.Select
        If fault = 0 Then Exit Sub
    End If
    CreateObject("WScript.Shell").Popup SettingText(textCode), 0, SettingText("py_tieu_de"), ICON_WARNING
End Sub
