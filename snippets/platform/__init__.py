"""The odd corners of the platform under Mautic: how it splits, decodes, searches and stores."""
