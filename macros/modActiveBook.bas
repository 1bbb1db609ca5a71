Attribute VB_Name = "modActiveBook"
Option Explicit

' In the add-in a command works on the workbook that was active when it was given, even when the command opens
' another one meanwhile. Workbooks with buttons have modOwnBook in its place.

Private chosen As Object

Public Sub ChooseActiveBook()
    Set chosen = ActiveWorkbook
End Sub

Public Function CommandBook() As Object
    If chosen Is Nothing Then ChooseActiveBook
    Set CommandBook = chosen
End Function
