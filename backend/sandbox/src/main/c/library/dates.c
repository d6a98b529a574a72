/* time.h: all hosts live in UTC. The C library's own follow a NULL pointer when they look for a time zone. */
#include <stdio.h>
#include <time.h>

struct tm *localtime_r(const time_t *restrict time, struct tm *restrict result)
{
    return gmtime_r(time, result);
}

struct tm *localtime(const time_t *time)
{
    return gmtime(time);
}

char *asctime_r(const struct tm *restrict tm, char *restrict text)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    snprintf(text, 26, "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n",
             tm->tm_wday < 0 || tm->tm_wday > 6 ? "???" : days[tm->tm_wday],
             tm->tm_mon < 0 || tm->tm_mon > 11 ? "???" : months[tm->tm_mon], tm->tm_mday, tm->tm_hour, tm->tm_min,
             tm->tm_sec, 1900 + tm->tm_year);
    return text;
}

char *asctime(const struct tm *tm)
{
    static char text[26];
    return asctime_r(tm, text);
}

char *ctime_r(const time_t *time, char *text)
{
    struct tm tm;
    return gmtime_r(time, &tm) == NULL ? NULL : asctime_r(&tm, text);
}

char *ctime(const time_t *time)
{
    static char text[26];
    return ctime_r(time, text);
}

time_t mktime(struct tm *tm)
{
    tm->tm_isdst = 0;
    return timegm(tm);
}
