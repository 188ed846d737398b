"""The site's own touch on MkDocs: everything that Material and static-i18n leave undone."""
