"""The offline page: the package's work in a browser, for PCs where nothing may be installed.

`desk` is all that the page's scripts call; each thing the page can do is one module here, named in `desk`.
The .html, .css and .js files beside it are the page itself; `cchc_xl.tasks.page` builds one file of all.
"""
