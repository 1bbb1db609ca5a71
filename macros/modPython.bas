Attribute VB_Name = "modPython"
Option Explicit

' Buttons of the commune workbook that need Python; without it the native check still runs.

Public Sub KiemTraSau()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.kiem_tra_sau(xlwings.Book.caller())") Then
        TinhLaiVaKiemTra
        TellPythonProblem
    End If
End Sub

Public Sub LaySoKyTruoc()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.lay_so_ky_truoc(xlwings.Book.caller())") Then
        TinhLaiVaKiemTra
        TellPythonProblem
    End If
End Sub

Public Sub NhapTuTep()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.nhap_tu_tep(xlwings.Book.caller())") Then
        TinhLaiVaKiemTra
        TellPythonProblem
    End If
End Sub

Public Sub GhepBieu()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.ghep_bieu(xlwings.Book.caller())") Then
        TinhLaiVaKiemTra
        TellPythonProblem
    End If
End Sub
