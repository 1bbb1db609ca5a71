Attribute VB_Name = "modFunctions"
Option Explicit

' Readies the worksheet functions: their interpreter, and their descriptions in Excel's function wizard.
' The texts stand in the add-in's cells.

Private Const FUNCTIONS_NAME As String = "cchc_ham"
Private Const FIRST_ARGUMENT As Long = 3

' Excel calls this when the add-in opens.
Public Sub Auto_Open()
    Dim entry As Range
    On Error Resume Next
    ChoosePython PythonInterpreter()
    For Each entry In ThisWorkbook.Names(FUNCTIONS_NAME).RefersToRange.Rows
        DescribeFunction entry
    Next
End Sub

Private Sub DescribeFunction(ByVal entry As Range)
    Dim arguments() As String
    Dim argumentCount As Long
    Dim position As Long
    For position = FIRST_ARGUMENT To entry.Columns.Count
        If entry.Cells(1, position).Value <> "" Then argumentCount = argumentCount + 1
    Next
    ReDim arguments(1 To argumentCount)
    For position = 1 To argumentCount
        arguments(position) = entry.Cells(1, FIRST_ARGUMENT - 1 + position).Value
    Next
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & entry.Cells(1, 1).Value, _
        Description:=entry.Cells(1, 2).Value, Category:=SettingText("py_tieu_de"), _
        ArgumentDescriptions:=arguments
End Sub
