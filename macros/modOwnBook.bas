Attribute VB_Name = "modOwnBook"
Option Explicit

' In a workbook with buttons a command works on that very workbook, whichever one is active.
' The add-in has modActiveBook in its place.

Public Function CommandBook() As Object
    Set CommandBook = ThisWorkbook
End Function
