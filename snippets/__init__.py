"""The rules of Mautic's e-mail tracking, to be read in the guide, tested and run."""
