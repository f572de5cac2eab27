namespace Veridian.Debian.MaintainerScripts;

/// <summary>Finds the simple commands of a shell script and tells which of them surely run when it configures.</summary>
internal sealed class ShellReader
{
    private readonly string _text;
    private readonly List<ShellToken> _words = [];
    private readonly Stack<ShellBlock> _blocks = new();
    private readonly List<ShellCommand> _commands = [];
    private Expect _expect;
    private bool _functionNext;
    private bool _chained;
    private bool _broken;
    private bool _writesFile;

    private ShellReader(string text) => _text = text;

    private enum Expect
    {
        Command,
        CaseSubject,
        CasePattern,
        EndOfLine,
    }

    internal static IReadOnlyList<ShellCommand> Read(string text)
    {
        var reader = new ShellReader(text);
        foreach (var token in new ShellLexer(text).Tokens())
        {
            reader.Take(token);
        }

        reader.EndCommand();
        return reader._commands;
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
                _words.Clear();
                _functionNext = true; // name(): the closing parenthesis follows
                break;
            case ShellTokenKind.Open:
                _broken |= _functionNext; // a function whose body is a subshell: nobody writes that
                Push(ShellBlock.Form.Group, isCertain: true);
                break;
            case ShellTokenKind.Close when _functionNext:
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

    // A command that waits for another one's result is not certain to run; the first of a chain is, unless it feeds a pipe.
    private void TakeEnd(ShellToken token)
    {
        if (_words.Count == 0 && token.Text == "\n")
        {
            return; // a chain may go on in the next line
        }

        _chained |= token.Text == "|";
        EndCommand();
        _chained = token.Text is "&&" or "||" or "|";
    }

    private bool TakeReserved(string word)
    {
        switch (word)
        {
            case "if":
                Push(ShellBlock.Form.If, isCertain: false);
                _blocks.Peek().InCondition = true;
                return true;
            case "then" or "elif" or "else":
                TakeBranch(word);
                return true;
            case "while" or "until":
                Push(ShellBlock.Form.Loop, isCertain: false);
                return true;
            case "for" or "select":
                Push(ShellBlock.Form.Loop, isCertain: false);
                _expect = Expect.EndOfLine;
                return true;
            case "case":
                Push(ShellBlock.Form.Case, isCertain: false);
                _expect = Expect.CaseSubject;
                return true;
            case "{":
                Push(_functionNext ? ShellBlock.Form.Function : ShellBlock.Form.Group, isCertain: !_functionNext);
                _functionNext = false;
                return true;
            case "fi" or "done" or "esac" or "}":
                Pop(word switch { "fi" => ShellBlock.Form.If, "done" => ShellBlock.Form.Loop, "esac" => ShellBlock.Form.Case, _ => null });
                return true;
            case "!":
                _chained = true;
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

        block.IsCertain = word == "then" && block is { TestsArgument: true, NamesConfigure: true };
        block.InCondition = word == "elif";
        block.TestsArgument &= word == "then"; // what comes after the first branch depends on its condition too
    }

    private void TakeCaseSubject(ShellToken token)
    {
        if (token is { IsBare: true, Text: "in" })
        {
            _expect = Expect.CasePattern;
        }
        else
        {
            _blocks.Peek().TestsArgument = token.Text is "$1" or "${1}";
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
                (_expect, block.IsCertain) = (Expect.Command, false);
                Pop(ShellBlock.Form.Case);
                return;
            }

            block.NamesConfigure |= token.Text is "configure" or "*";
        }
        else if (token.Kind == ShellTokenKind.Close)
        {
            (_expect, block.IsCertain, block.NamesConfigure) = (Expect.Command, block.TestsArgument && block.NamesConfigure, false);
        }
    }

    private void Push(ShellBlock.Form form, bool isCertain)
    {
        _blocks.Push(new ShellBlock(form) { IsCertain = isCertain && !_chained });
        _chained = false;
    }

    private void Pop(ShellBlock.Form? form)
    {
        if (_blocks.TryPeek(out var block) && (block.What == form || (form is null && block.What is ShellBlock.Form.Group or ShellBlock.Form.Function)))
        {
            _blocks.Pop();
        }
        else
        {
            _broken = true; // from here on nothing is certain
        }
    }

    private void EndCommand()
    {
        if (_words.Count > 0)
        {
            if (_blocks.TryPeek(out var block) && block.InCondition)
            {
                block.Weigh(_words);
            }

            var isCertain = !_broken && !_chained && _blocks.All(b => b.IsCertain);
            var lines = _text[_words[0].Start.._words[^1].End].Replace("\\\n", " ", StringComparison.Ordinal);
            var text = string.Join(' ', lines.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
            _commands.Add(new ShellCommand([.. _words], text, isCertain, _writesFile));
            _words.Clear();
        }

        _writesFile = false;
        _chained = false;
    }
}
