"""In which encoding are bytes?"""
