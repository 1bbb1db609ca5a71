Attribute VB_Name = "modPythonCity"
Option Explicit

' Buttons of the city workbook that need Python; without it the sheets are recalculated.

Public Sub GopCacXa()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.gop_cac_xa(xlwings.Book.caller())") Then
        Application.Calculate
        TellPythonProblem
    End If
End Sub

Public Sub KiemTraTatCa()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.kiem_tra_tat_ca(xlwings.Book.caller())") Then
        Application.Calculate
        TellPythonProblem
    End If
End Sub

Public Sub SoVoiKyTruoc()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.so_voi_ky_truoc(xlwings.Book.caller())") Then
        Application.Calculate
        TellPythonProblem
    End If
End Sub

Public Sub XuatDanhSachDonDoc()
    If Not RanPython("import xlwings, cchc_xl.buttons; cchc_xl.buttons.xuat_danh_sach_don_doc(xlwings.Book.caller())") Then
        Application.Calculate
        TellPythonProblem
    End If
End Sub
