namespace Veridian.Solver.Searching;

/// <summary>Counts how many of some variables are true: output k is true when at least k are. Grows only as far as it is asked.</summary>
/// <remarks>A totalizer after Bailleux and Boufkhad, extended step by step after Martins and others.</remarks>
internal sealed class Totalizer
{
    private readonly ClauseLog clauses;
    private readonly Totalizer? left;
    private readonly Totalizer? right;
    private readonly List<int> outputs = [];

    public Totalizer(ClauseLog clauses, ReadOnlySpan<int> inputs)
    {
        this.clauses = clauses;
        Inputs = inputs.Length;
        if (inputs.Length == 1)
        {
            outputs.Add(inputs[0]);
            return;
        }

        left = new Totalizer(clauses, inputs[..(inputs.Length / 2)]);
        right = new Totalizer(clauses, inputs[(inputs.Length / 2)..]);
    }

    public int Inputs { get; }

    /// <summary>The variable that is true when at least so many inputs are; at most <see cref="Inputs"/>.</summary>
    public int Output(int count)
    {
        while (outputs.Count < count)
        {
            AddOutput();
        }

        return outputs[count - 1];
    }

    private void AddOutput()
    {
        var count = outputs.Count + 1;
        var output = clauses.NewVariable();
        outputs.Add(output);
        for (var fromLeft = Math.Max(0, count - right!.Inputs); fromLeft <= Math.Min(count, left!.Inputs); fromLeft++)
        {
            if (fromLeft == 0)
            {
                clauses.Add(-right.Output(count), output);
            }
            else if (fromLeft == count)
            {
                clauses.Add(-left.Output(count), output);
            }
            else
            {
                clauses.Add(-left.Output(fromLeft), -right.Output(count - fromLeft), output);
            }
        }
    }
}
