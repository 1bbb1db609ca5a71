Attribute VB_Name = "modSubmissionFile"
Option Explicit

' The only module that needs Excel for Windows: files on disk. FileSystemObject takes Vietnamese paths,
' which Dir and Kill do not.

Private Const XLSX_FORMAT As Long = 51
Private Const MACROS_DISABLED As Long = 3

Private copyPath As String
Private source As Object

' The folder the workbook is saved in, "" before it was saved.
Public Function FolderOfWorkbook() As String
    FolderOfWorkbook = CommandBook().Path
End Function

' A copy of the workbook as it is now, opened with its macros switched off.
Public Function OpenCopy() As Object
    Dim files As Object
    Dim security As Long
    Set source = CommandBook()
    Set files = CreateObject("Scripting.FileSystemObject")
    copyPath = files.BuildPath(files.GetSpecialFolder(2), files.GetTempName & ".xlsm")
    source.SaveCopyAs copyPath
    security = Application.AutomationSecurity
    Application.AutomationSecurity = MACROS_DISABLED
    On Error GoTo Failed
    Set OpenCopy = Application.Workbooks.Open(copyPath, 0)
    Application.AutomationSecurity = security
    Exit Function
Failed:
    Application.AutomationSecurity = security
    Err.Raise Err.Number, "OpenCopy", Err.Description
End Function

' Save the prepared copy as .xlsx beside the workbook under a name that is still free; the answer is that name.
Public Function SaveCopyBeside(ByVal book As Object, ByVal fileName As String) As String
    SaveCopyBeside = FreeName(fileName)
    Application.DisplayAlerts = False
    book.SaveAs InFolder(SaveCopyBeside), XLSX_FORMAT
    book.Close False
    Application.DisplayAlerts = True
    RemoveTemporary
    source.Activate
End Function

' Leave nothing behind when the export failed half way.
Public Sub DiscardCopy()
    On Error Resume Next
    Dim book As Object
    For Each book In Application.Workbooks
        If copyPath <> "" And book.FullName = copyPath Then book.Close False
    Next book
    RemoveTemporary
    Application.DisplayAlerts = True
    Application.ScreenUpdating = True
    If Not source Is Nothing Then source.Activate
End Sub

Private Function FreeName(ByVal fileName As String) As String
    Dim files As Object
    Dim number As Long
    Set files = CreateObject("Scripting.FileSystemObject")
    FreeName = fileName
    number = 2
    Do While files.FileExists(InFolder(FreeName))
        FreeName = Replace(fileName, ".xlsx", " (" & number & ").xlsx")
        number = number + 1
    Loop
End Function

' A workbook opened from SharePoint has a web address for its folder.
Private Function InFolder(ByVal fileName As String) As String
    Dim separator As String
    separator = Application.PathSeparator
    If Left(source.Path, 4) = "http" Then separator = "/"
    InFolder = source.Path & separator & fileName
End Function

Private Sub RemoveTemporary()
    On Error Resume Next
    If copyPath <> "" Then CreateObject("Scripting.FileSystemObject").DeleteFile copyPath, True
    copyPath = ""
End Sub
