Attribute VB_Name = "modPythonProbe"
Option Explicit

' What on this PC stops Excel from running Python. The answer is the code of a text on the settings sheet.

Private Const NOT_FOUND As Long = -2147024894
Private Const TEMPORARY_FOLDER As Long = 2
Private Const COMMAND_UNKNOWN As Long = 9009
Private Const PROBE As String = "import sys; from importlib.util import find_spec as f; " & _
    "sys.exit(21 if sys.version_info < (3, 11) else 22 if not f('xlwings') or not f('win32com') " & _
    "else 23 if not f('cchc_xl') else 0)"

' Set by cchc-xl install for this user; never read from a file beside the workbook.
Public Function PythonInterpreter() As String
    PythonInterpreter = "python"
    On Error Resume Next
    PythonInterpreter = GetSetting("cchc_xl", "Python", "Interpreter", "python")
End Function

' "" when xlwings will find and start this interpreter. Excel's Basic reads and tests paths in the computer's ANSI
' letters: what has others arrives as "?".
Public Function InterpreterProblem(ByVal interpreter As String) As String
    If Not IsPlain(interpreter) Then
        InterpreterProblem = "py_duong_dan"
    ElseIf InStr(1, interpreter, "\") > 0 Or InStr(1, interpreter, "/") > 0 Then
        If Not IsFile(interpreter) Then InterpreterProblem = "py_khong_thay"
    ElseIf interpreter <> "python" And interpreter <> "pythonw" Then
        InterpreterProblem = "py_khong_thay"
    End If
End Function

' A folder for xlwings' error file whose path Basic can open: the short name of the user's, else one that all users have.
Public Function TemporaryFolder() As String
    Dim files As Object
    Dim forEveryone As String
    On Error GoTo Unknown
    TemporaryFolder = "%TEMP%"
    Set files = CreateObject("Scripting.FileSystemObject")
    If IsPlain(files.GetSpecialFolder(TEMPORARY_FOLDER).Path) Then Exit Function
    If IsPlain(files.GetSpecialFolder(TEMPORARY_FOLDER).ShortPath) Then
        TemporaryFolder = files.GetSpecialFolder(TEMPORARY_FOLDER).ShortPath
        Exit Function
    End If
    forEveryone = files.BuildPath(CreateObject("WScript.Shell").ExpandEnvironmentStrings("%ProgramData%"), "cchc_xl")
    If Not files.FolderExists(forEveryone) Then files.CreateFolder forEveryone
    TemporaryFolder = forEveryone
Unknown:
End Function

Public Function IsPlain(ByVal path As String) As Boolean
    Dim i As Long
    For i = 1 To Len(path)
        If AscW(Mid(path, i, 1)) < 32 Or AscW(Mid(path, i, 1)) > 126 Or Mid(path, i, 1) = "?" Then Exit Function
    Next i
    IsPlain = True
End Function

Private Function IsFile(ByVal path As String) As Boolean
    Dim attributes As Long
    On Error Resume Next
    attributes = vbDirectory
    attributes = GetAttr(path)
    IsFile = ((attributes And vbDirectory) = 0)
End Function

' "" when Python, xlwings and the package answer.
Public Function PythonProblem() As String
    Dim commandShell As Object
    Dim answer As Long
    Dim fault As Long
    answer = -1
    On Error Resume Next
    Set commandShell = CreateObject("WScript.Shell")
    If commandShell Is Nothing Then
        PythonProblem = "py_bi_chan"
        Exit Function
    End If
    Err.Clear
    answer = commandShell.Run("""" & PythonInterpreter() & """ -B -c """ & PROBE & """", 0, True)
    fault = Err.Number
    On Error GoTo 0
    PythonProblem = ProblemOf(fault, answer)
End Function

Public Function ProblemOf(ByVal fault As Long, ByVal answer As Long) As String
    Select Case True
        Case fault = NOT_FOUND
            ProblemOf = "py_khong_thay"
        Case fault <> 0
            ProblemOf = "py_bi_chan"
        Case answer = 0
            ProblemOf = ""
        Case answer = COMMAND_UNKNOWN
            ProblemOf = "py_khong_thay"
        Case answer = 21
            ProblemOf = "py_ban_cu"
        Case answer = 22
            ProblemOf = "py_thieu_xlwings"
        Case answer = 23
            ProblemOf = "py_thieu_goi"
        Case answer < 0
            ProblemOf = "py_bi_chan"
        Case Else
            ProblemOf = "py_khong_chay"
    End Select
End Function
