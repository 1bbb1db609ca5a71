Attribute VB_Name = "modFiles"
Option Explicit

' Choosing a file or a folder: its path goes into an unlocked cell, from where Python takes it.

Private Const FOLDER_PICKER As Long = 4

Public Sub ChonTepKyTruoc()
    PutChosenFile "cchc_py_ky_truoc", "*.xlsx;*.xlsm"
End Sub

Public Sub ChonTepNhap()
    PutChosenFile "cchc_py_tep", "*.csv;*.xlsx;*.xlsm;*.docx;*.docm"
End Sub

Public Sub ChonTongHopTruoc()
    PutChosenFile "cchc_tp_ky_truoc", "*.xlsx;*.xlsm"
End Sub

Public Sub ChonThuMuc()
    Dim picker As Object
    Set picker = Application.FileDialog(FOLDER_PICKER)
    If picker.Show = -1 Then PutPath "cchc_tp_thu_muc", picker.SelectedItems(1)
End Sub

Private Sub PutChosenFile(ByVal cellName As String, ByVal patterns As String)
    Dim chosen As Variant
    chosen = Application.GetOpenFilename("CCHC (" & patterns & "), " & patterns)
    If VarType(chosen) = vbString Then PutPath cellName, chosen
End Sub

Private Sub PutPath(ByVal cellName As String, ByVal path As String)
    ActiveWorkbook.Names(cellName).RefersToRange.Cells(1, 1).Value = path
End Sub
