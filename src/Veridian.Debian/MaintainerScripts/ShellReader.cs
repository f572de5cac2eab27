namespace Veridian.Debian.MaintainerScripts;

/// <summary>Finds the simple commands of a shell script and tells which of them surely run when it configures.</summary>
internal sealed class ShellReader
{
    private readonly string _text;
    private readonly ShellKnowledge _knowledge;
    private readonly List<ShellToken> _words = [];
    private readonly Stack<ShellBlock> _blocks = new();
    private readonly List<ShellCommand> _commands = [];
    private Expect _expect;
    private string? _functionNext;
    private Join _join;
    private Truth _status; // of the list of commands joined by && and || that is read now
    private bool _uncertain; // in a pipe, or after !
    private bool _negated;
    private bool _ended;
    private bool _broken;
    private bool _writesFile;

    private ShellReader(string text, ShellKnowledge knowledge) => (_text, _knowledge) = (text, knowledge);

    private enum Join
    {
        None,
        And,
        Or,
    }

    private enum Expect
    {
        Command,
        CaseSubject,
        CasePattern,
        EndOfLine,
    }

    /// <summary>The commands of a script as it is called by dpkg.</summary>
    internal static IReadOnlyList<ShellCommand> Read(string text, ScriptCall call)
    {
        ShellToken[] tokens = [.. new ShellLexer(text).Tokens()];
        var reader = new ShellReader(text, new ShellKnowledge(call, tokens));
        foreach (var token in tokens)
        {
            reader.Take(token);
        }

        reader.EndCommand();
        return WithoutUncalled(reader._commands);
    }

    private bool InFunction => _blocks.Any(block => block.What == ShellBlock.Form.Function);

    /// <summary>What stands in functions that nothing calls does not run.</summary>
    private static List<ShellCommand> WithoutUncalled(List<ShellCommand> commands)
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        for (var more = true; more;)
        {
            var words = commands.Where(command => command.Runs != Truth.No && (command.Function is null || called.Contains(command.Function))).SelectMany(command => command.Words).Select(word => word.Text);
            more = words.ToHashSet(StringComparer.Ordinal) is var live
                && commands.Any(command => command.Function is { } name && !called.Contains(name) && (live.Contains(name) || live.Any(word => MayName(word, name))) && called.Add(name));
        }

        return [.. commands.Select(command => command.Function is { } name && !called.Contains(name) ? command with { Runs = Truth.No } : command)];

        // A command substitution, a trap, a name in a variable.
        static bool MayName(string word, string name) => word.Length > name.Length && word.Contains(name, StringComparison.Ordinal);
    }

    private void Take(ShellToken token)
    {
        switch (_expect)
        {
            case Expect.CaseSubject when token.Kind == ShellTokenKind.Word:
                TakeCaseSubject(token);
                break;
            case Expect.CasePattern:
                TakeCasePattern(token);
                break;
            case Expect.EndOfLine when token.Kind != ShellTokenKind.Separator:
                _blocks.Peek().Header.Add(token);
                break;
            default:
                _expect = _expect == Expect.EndOfLine ? Expect.Command : _expect;
                TakeCommandToken(token);
                break;
        }
    }

    private void TakeCommandToken(ShellToken token)
    {
        switch (token.Kind)
        {
            case ShellTokenKind.Word when _words.Count == 0 && token.IsBare && TakeReserved(token.Text):
                break;
            case ShellTokenKind.Word:
                _words.Add(token);
                break;
            case ShellTokenKind.IntoFile:
                _writesFile = true;
                break;
            case ShellTokenKind.Open when _words.Count == 1:
                _functionNext = _words[0].Text; // name(): the closing parenthesis follows
                _words.Clear();
                break;
            case ShellTokenKind.Open:
                _broken |= _functionNext is not null; // a function whose body is a subshell: nobody writes that
                Push(ShellBlock.Form.Group, Truth.Yes);
                break;
            case ShellTokenKind.Close when _functionNext is not null:
                break;
            case ShellTokenKind.Close:
                EndCommand();
                Pop(ShellBlock.Form.Group);
                break;
            case ShellTokenKind.CaseEnd:
                EndCommand();
                _expect = Expect.CasePattern;
                break;
            default:
                TakeEnd(token);
                break;
        }
    }

    private void TakeEnd(ShellToken token)
    {
        if (_words.Count == 0 && token.Text == "\n")
        {
            return; // a list may go on in the next line
        }

        var join = _join;
        _uncertain |= token.Text == "|";
        EndCommand();
        _uncertain = token.Text == "|";
        _join = token.Text switch { "&&" => Join.And, "||" => Join.Or, "|" => join, _ => Join.None };
    }

    private bool TakeReserved(string word)
    {
        switch (word)
        {
            case "if":
                Push(ShellBlock.Form.If, Truth.Yes);
                _blocks.Peek().InCondition = true;
                return true;
            case "then" or "elif" or "else":
                TakeBranch(word);
                return true;
            case "while" or "until":
                Push(ShellBlock.Form.Loop, Truth.Unknown);
                return true;
            case "for" or "select":
                Push(ShellBlock.Form.Loop, Truth.Unknown);
                _expect = Expect.EndOfLine;
                return true;
            case "case":
                Push(ShellBlock.Form.Case, Truth.No);
                _expect = Expect.CaseSubject;
                return true;
            case "{":
                Push(_functionNext is null ? ShellBlock.Form.Group : ShellBlock.Form.Function, _functionNext is null ? Truth.Yes : Truth.Unknown);
                _functionNext = null;
                return true;
            case "fi" or "done" or "esac" or "}":
                Pop(word switch { "fi" => ShellBlock.Form.If, "done" => ShellBlock.Form.Loop, "esac" => ShellBlock.Form.Case, _ => null });
                return true;
            case "!":
                (_uncertain, _negated) = (true, !_negated);
                return true;
            default:
                return word == "do";
        }
    }

    private void TakeBranch(string word)
    {
        if (!_blocks.TryPeek(out var block) || block.What != ShellBlock.Form.If)
        {
            _broken = true;
            return;
        }

        if (word == "then")
        {
            block.Condition = _status;
            block.Enter();
        }
        else
        {
            block.EnterRest();
        }

        block.InCondition = word == "elif";
        (_join, _status) = (Join.None, Truth.Unknown);
    }

    private void TakeCaseSubject(ShellToken token)
    {
        if (token is { IsBare: true, Text: "in" })
        {
            _expect = Expect.CasePattern;
            _blocks.Peek().Condition = Truth.No;
        }
        else
        {
            _blocks.Peek().Subject = _knowledge.ValueOf(token, InFunction, mayVanish: false);
        }
    }

    private void TakeCasePattern(ShellToken token)
    {
        var block = _blocks.TryPeek(out var top) && top.What == ShellBlock.Form.Case ? top : null;
        if (block is null)
        {
            (_broken, _expect) = (true, Expect.Command);
        }
        else if (token.Kind == ShellTokenKind.Word)
        {
            if (token is { IsBare: true, Text: "esac" })
            {
                _expect = Expect.Command;
                Pop(ShellBlock.Form.Case);
                return;
            }

            block.Condition = block.Condition.Or(Matches(token, block.Subject));
        }
        else if (token.Kind == ShellTokenKind.Close)
        {
            block.Enter();
            (_expect, block.Condition, _join, _status) = (Expect.Command, Truth.No, Join.None, Truth.Unknown);
        }
    }

    private static Truth Matches(ShellToken pattern, string? subject) => (pattern.IsLiteral, pattern.Text, subject) switch
    {
        (false, "*", _) => Truth.Yes,
        (_, _, null) => Truth.Unknown,
        (true, var text, _) => TruthLogic.Of(text == subject),
        (_, var text, _) when text.AsSpan().IndexOfAny("?[$`\\") >= 0 => Truth.Unknown,
        (_, var text, _) => TruthLogic.Of(System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(text, subject, ignoreCase: false)),
    };

    private void Push(ShellBlock.Form form, Truth runs)
    {
        _blocks.Push(new ShellBlock(form) { Runs = runs, Around = Runs(), Name = form == ShellBlock.Form.Function ? _functionNext! : "" });
        (_join, _status, _uncertain, _negated) = (Join.None, Truth.Unknown, false, false);
    }

    private void Pop(ShellBlock.Form? form)
    {
        if (_blocks.TryPeek(out var block) && (block.What == form || (form is null && block.What is ShellBlock.Form.Group or ShellBlock.Form.Function)))
        {
            _blocks.Pop();
            (_join, _status, _uncertain, _negated) = (Join.None, Truth.Unknown, false, false);
        }
        else
        {
            _broken = true; // from here on nothing is certain
        }
    }

    /// <summary>Whether what is read now runs.</summary>
    private Truth Runs()
    {
        if (_broken)
        {
            return Truth.Unknown;
        }

        var here = _blocks.TryPeek(out var block) ? block.Around.And(block.Runs) : Truth.Yes;
        var joined = _join switch { Join.And => _status, Join.Or => _status.Not(), _ => Truth.Yes };
        return _ended ? Truth.No : here.And(joined).And(_uncertain ? Truth.Unknown : Truth.Yes);
    }

    private IReadOnlyList<IReadOnlyList<ShellToken>> Loops() =>
        [.. _blocks.TakeWhile(block => block.What != ShellBlock.Form.Function).Where(block => block.Header is [_, { IsBare: true, Text: "in" }, ..]).Select(block => (ShellToken[])[block.Header[0], .. block.Header[2..]])];

    private void EndCommand()
    {
        if (_words.Count > 0)
        {
            var (runs, inFunction) = (Runs(), InFunction);
            var lines = _text[_words[0].Start.._words[^1].End].Replace("\\\n", " ", StringComparison.Ordinal);
            var text = string.Join(' ', lines.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
            _commands.Add(new ShellCommand([.. _words], text, runs, _writesFile, _blocks.FirstOrDefault(block => block.What == ShellBlock.Form.Function)?.Name) { Loops = Loops() });
            var succeeds = _uncertain && !_negated ? Truth.Unknown : _knowledge.Succeeds(_words, inFunction);
            succeeds = _negated ? succeeds.Not() : succeeds;
            _status = _join switch { Join.And => _status.And(succeeds), Join.Or => _status.Or(succeeds), _ => succeeds };
            _ended |= runs == Truth.Yes && _words[0] is { IsLiteral: true, Text: "exit" } && !_blocks.Any(block => block.What is ShellBlock.Form.Function or ShellBlock.Form.Group);
            _knowledge.Learn(_words, runs, inFunction);
            _words.Clear();
        }

        (_writesFile, _join, _uncertain, _negated) = (false, Join.None, false, false);
    }
}
