namespace Veridian.Formats.Toml;

/// <summary>Dates and times (RFC 3339 as TOML narrows it).</summary>
internal static class TomlDates
{
    /// <summary>Whether the text here begins like <c>1979-</c> or <c>07:</c>.</summary>
    public static bool StartsHere(TomlCursor cursor)
    {
        var at = 0;
        while (char.IsAsciiDigit((char)cursor.Ahead(at)))
        {
            at++;
        }

        return at > 0 && cursor.Ahead(at) == ':' || at == 4 && cursor.Ahead(at) == '-';
    }

    /// <summary>Reads the date or time that starts here.</summary>
    public static TomlDateTime Read(TomlCursor cursor)
    {
        var start = cursor.At;
        DateOnly? date = null;
        if (cursor.Ahead(4) == '-')
        {
            date = ReadDate(cursor, start);
            var separator = cursor.Here;
            var timeFollows = separator is (byte)'T' or (byte)'t' || separator == ' ' && char.IsAsciiDigit((char)cursor.Ahead(1));
            if (!timeFollows)
            {
                return new TomlDateTime(cursor.Source, start, date, time: null, offsetMinutes: null);
            }

            cursor.At++;
        }

        var time = ReadTime(cursor, start);
        var offset = date is null ? null : ReadOffset(cursor, start);
        return new TomlDateTime(cursor.Source, start, date, time, offset);
    }

    private static DateOnly ReadDate(TomlCursor cursor, int start)
    {
        var year = Digits(cursor, start, 4);
        Expect(cursor, start, (byte)'-');
        var month = Digits(cursor, start, 2);
        Expect(cursor, start, (byte)'-');
        var day = Digits(cursor, start, 2);
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : throw cursor.Source.Error(start, $"There is no day {year:0000}-{month:00}-{day:00}.", "Write a day of the calendar as YYYY-MM-DD.");
    }

    private static TimeOnly ReadTime(TomlCursor cursor, int start)
    {
        var hour = Digits(cursor, start, 2);
        Expect(cursor, start, (byte)':');
        var minute = Digits(cursor, start, 2);
        Expect(cursor, start, (byte)':');
        var second = Digits(cursor, start, 2);
        var ticks = cursor.Here == '.' ? ReadFraction(cursor, start) : 0;
        return hour < 24 && minute < 60 && second < 60
            ? new TimeOnly(hour, minute, second).Add(new TimeSpan(ticks))
            : throw cursor.Source.Error(start, $"There is no time {hour:00}:{minute:00}:{second:00}.", "Write a time of the day as HH:MM:SS.");
    }

    private static long ReadFraction(TomlCursor cursor, int start)
    {
        cursor.At++;
        var (ticks, unit, first) = (0L, TimeSpan.TicksPerSecond / 10, cursor.At);
        while (char.IsAsciiDigit((char)cursor.Here))
        {
            ticks += (cursor.Here - '0') * unit;
            unit /= 10;
            cursor.At++;
        }

        return cursor.At > first ? ticks : throw Malformed(cursor, start);
    }

    private static int? ReadOffset(TomlCursor cursor, int start)
    {
        if (cursor.Here is (byte)'Z' or (byte)'z')
        {
            cursor.At++;
            return 0;
        }

        if (cursor.Here is not ((byte)'+' or (byte)'-'))
        {
            return null;
        }

        var sign = cursor.Here == '-' ? -1 : 1;
        cursor.At++;
        var hours = Digits(cursor, start, 2);
        Expect(cursor, start, (byte)':');
        var minutes = Digits(cursor, start, 2);
        return hours < 24 && minutes < 60 ? sign * (hours * 60 + minutes) : throw Malformed(cursor, start);
    }

    private static int Digits(TomlCursor cursor, int start, int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
        {
            if (!char.IsAsciiDigit((char)cursor.Here))
            {
                throw Malformed(cursor, start);
            }

            value = value * 10 + (cursor.Here - '0');
            cursor.At++;
        }

        return value;
    }

    private static void Expect(TomlCursor cursor, int start, byte wanted)
    {
        if (cursor.Here != wanted)
        {
            throw Malformed(cursor, start);
        }

        cursor.At++;
    }

    private static Exception Malformed(TomlCursor cursor, int start) =>
        cursor.Source.Error(start, "The date or time that begins here is malformed.",
            "Write 2026-01-31T10:00:00Z, 2026-01-31, 10:00:00, or text in quotes.");
}
