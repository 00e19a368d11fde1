"""The second factor: a code of the phone, or one of ten kept on paper, after the password.

django-otp keeps the devices and checks their codes: a code counts once, one step of 30 seconds
early or late, and after a wrong one there is a growing wait. Here is who has one, how it is set up
and taken away, and the second page of the login.
"""
