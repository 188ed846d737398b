[2025-03-12 11:14:02] mautic.CRITICAL: Uncaught PHP Exception Error: "Call to a member function getEmail() on null" at /var/www/m/app/bundles/EmailBundle/Controller/PublicController.php line 211
