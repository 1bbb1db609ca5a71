Attribute VB_Name = "modSubmissionFile"
Option Explicit

' The only module that needs Excel for Windows: files on disk. FileSystemObject takes Vietnamese paths,
' which Dir and Kill do not.

Private Const XLSX_FORMAT As Long = 51
Private Const MACROS_DISABLED As Long = 3
Private Const CALCULATION_AUTOMATIC As Long = -4105

Private copyPath As String
Private source As Object
Private calculation As Long

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

' Save the prepared copy as .xlsx. Excel writes its way of calculating into the file, so it is automatic for that moment.
Public Sub SaveCopy(ByVal book As Object, ByVal path As String)
    calculation = Application.Calculation
    Application.Calculation = CALCULATION_AUTOMATIC
    Application.DisplayAlerts = False
    book.SaveAs path, XLSX_FORMAT
    book.Close False
    Application.DisplayAlerts = True
    RestoreCalculation
    RemoveTemporary
    source.Activate
End Sub

' Leave nothing behind when the export failed half way.
Public Sub DiscardCopy()
    On Error Resume Next
    Dim book As Object
    For Each book In Application.Workbooks
        If copyPath <> "" And book.FullName = copyPath Then book.Close False
    Next book
    RestoreCalculation
    RemoveTemporary
    If Not source Is Nothing Then source.Activate
End Sub

' This user's documents, else the desktop; "" when Windows names neither.
Public Function FolderOfDocuments() As String
    Dim commandShell As Object
    Dim files As Object
    Dim place As Variant
    Set commandShell = CreateObject("WScript.Shell")
    Set files = CreateObject("Scripting.FileSystemObject")
    For Each place In Array("MyDocuments", "Desktop")
        If FolderOfDocuments = "" Then
            FolderOfDocuments = commandShell.SpecialFolders(place)
            If Not files.FolderExists(FolderOfDocuments) Then FolderOfDocuments = ""
        End If
    Next place
End Function

Public Function IsTaken(ByVal path As String) As Boolean
    IsTaken = CreateObject("Scripting.FileSystemObject").FileExists(path)
End Function

Private Sub RestoreCalculation()
    If calculation <> 0 Then Application.Calculation = calculation
    calculation = 0
End Sub

Private Sub RemoveTemporary()
    On Error Resume Next
    If copyPath <> "" Then CreateObject("Scripting.FileSystemObject").DeleteFile copyPath, True
    copyPath = ""
End Sub
