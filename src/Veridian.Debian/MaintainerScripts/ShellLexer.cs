using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>Cuts POSIX shell text into tokens without running or expanding anything. Comments, here-documents and harmless redirections vanish.</summary>
/// <remarks>Never refuses: an unclosed quote ends with the text, as a word that is not literal.</remarks>
internal sealed class ShellLexer(string text)
{
    private const string WordEnds = " \t\r\n;&|()<>";

    private readonly StringBuilder _word = new();
    private readonly List<string> _hereDocuments = [];
    private int _at;
    private bool _literal;
    private bool _bare;
    private bool _runs;

    internal IEnumerable<ShellToken> Tokens()
    {
        while (SkipBlanks())
        {
            var start = _at;
            if (text[_at] is '<' or '>')
            {
                if (SkipRedirection())
                {
                    yield return new ShellToken(ShellTokenKind.IntoFile, ">", true, false, true, start, _at);
                }
            }
            else if (WordEnds.Contains(text[_at], StringComparison.Ordinal))
            {
                var (kind, length) = Operator();
                _at += length;
                yield return new ShellToken(kind, text.Substring(start, length), true, false, true, start, _at);
                SkipHereDocuments(text[start]);
            }
            else
            {
                ReadWord();
                var isDescriptor = _at < text.Length && text[_at] is '<' or '>' && _word.Length > 0 && _word.ToString().All(char.IsAsciiDigit);
                if (!isDescriptor)
                {
                    yield return new ShellToken(ShellTokenKind.Word, _word.ToString(), _literal, _runs, _bare, start, _at);
                }
            }
        }
    }

    private bool SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r')
            {
                _at++;
            }
            else if (Continues(_at))
            {
                _at += 2;
            }
            else if (text[_at] == '#')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private bool Continues(int at) => text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '\n';

    private (ShellTokenKind Kind, int Length) Operator()
    {
        var doubled = _at + 1 < text.Length && text[_at + 1] == text[_at];
        return text[_at] switch
        {
            ';' when doubled => (ShellTokenKind.CaseEnd, 2),
            '\n' or ';' => (ShellTokenKind.Separator, 1),
            '(' => (ShellTokenKind.Open, 1),
            ')' => (ShellTokenKind.Close, 1),
            _ => (ShellTokenKind.Connective, doubled ? 2 : 1),
        };
    }

    private void ReadWord()
    {
        (_literal, _bare, _runs) = (true, true, false);
        _word.Clear();
        while (_at < text.Length && !WordEnds.Contains(text[_at], StringComparison.Ordinal))
        {
            switch (text[_at])
            {
                case '\'':
                    ReadSingleQuoted();
                    break;
                case '"':
                    ReadDoubleQuoted();
                    break;
                case '\\':
                    ReadEscaped();
                    break;
                case '$' or '`':
                    ReadExpansion();
                    break;
                default:
                    _literal &= text[_at] is not ('*' or '?' or '[' or '~') || (text[_at] == '[' && _word.Length == 0);
                    _word.Append(text[_at++]);
                    break;
            }
        }
    }

    private void ReadSingleQuoted()
    {
        _bare = false;
        var end = text.IndexOf('\'', _at + 1);
        _literal &= end >= 0;
        end = end < 0 ? text.Length : end;
        _word.Append(text, _at + 1, end - _at - 1);
        _at = Math.Min(end + 1, text.Length);
    }

    private void ReadDoubleQuoted()
    {
        _bare = false;
        for (_at++; _at < text.Length && text[_at] != '"';)
        {
            if (text[_at] is '$' or '`')
            {
                ReadExpansion();
            }
            else if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] is '\\' or '"' or '$' or '`' or '\n')
            {
                ReadEscaped();
            }
            else
            {
                _word.Append(text[_at++]);
            }
        }

        _literal &= _at < text.Length;
        _at = Math.Min(_at + 1, text.Length);
    }

    private void ReadEscaped()
    {
        if (!Continues(_at) && _at + 1 < text.Length)
        {
            _bare = false;
            _word.Append(text[_at + 1]);
        }

        _at = Math.Min(_at + 2, text.Length);
    }

    // $name, ${...}, $(...), `...`: kept as written, never looked into.
    private void ReadExpansion()
    {
        _literal = false;
        var start = _at++;
        var next = _at < text.Length ? text[_at] : ' ';
        _runs |= text[start] == '`' || next == '(';
        if (text[start] == '`')
        {
            _at = text.IndexOf('`', _at) is var end and >= 0 ? end + 1 : text.Length;
        }
        else if (next is '(' or '{')
        {
            SkipNested(next, next == '(' ? ')' : '}');
        }
        else
        {
            _at += next is ' ' ? 0 : 1;
            while (char.IsAsciiLetter(next) && _at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            {
                _at++;
            }
        }

        _at = Math.Min(_at, text.Length);
        _runs |= next == '{' && text.AsSpan(start, _at - start).IndexOfAny("`(") >= 0;
        _word.Append(text, start, _at - start);
    }

    private void SkipNested(char open, char close)
    {
        for (var depth = 0; _at < text.Length;)
        {
            var c = text[_at++];
            depth += c == open ? 1 : c == close ? -1 : 0;
            if (c == '\\')
            {
                _at++;
            }
            else if (c == '\'' && open == '(')
            {
                _at = text.IndexOf('\'', _at) is var end and >= 0 ? end + 1 : text.Length;
            }

            if (depth == 0)
            {
                return;
            }
        }
    }

    // Says whether it writes a file; /dev/null and other descriptors are none.
    private bool SkipRedirection()
    {
        var start = _at;
        var here = text.AsSpan(_at).StartsWith("<<");
        while (_at < text.Length && text[_at] is '<' or '>' or '&' or '|' or '-')
        {
            _at++;
        }

        var operation = text.AsSpan(start, _at - start);
        var toFile = operation.Contains('>') && !operation.Contains('&');
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }

        ReadWord();
        if (here)
        {
            _hereDocuments.Add(_word.ToString());
        }

        return toFile && _word.ToString() != "/dev/null";
    }

    private void SkipHereDocuments(char after)
    {
        if (after != '\n' || _hereDocuments.Count == 0)
        {
            return;
        }

        foreach (var delimiter in _hereDocuments)
        {
            for (var line = ""; _at < text.Length && line != delimiter;)
            {
                var end = text.IndexOf('\n', _at) is var found and >= 0 ? found : text.Length;
                line = text[_at..end].TrimStart('\t');
                _at = Math.Min(end + 1, text.Length);
            }
        }

        _hereDocuments.Clear();
    }
}
