from django import template

from gongxin.interfaces.pages.shares import month_in_words

register = template.Library()
register.filter("month_words", month_in_words)
