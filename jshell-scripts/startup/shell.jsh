/set mode verydeep normal -command
/set truncation verydeep 1500
/set feedback verydeep
