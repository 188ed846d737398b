<?php
$parameters = array(
	'show_contact_preferences' => false,
);
