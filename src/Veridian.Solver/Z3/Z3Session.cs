using System.Runtime.InteropServices;
using Veridian.Core.Errors;
using static Veridian.Solver.Z3.Z3Native;

namespace Veridian.Solver.Z3;

/// <summary>One Z3 solver over propositional clauses. Variables are 1, 2, ...; a literal is a variable or its negative.</summary>
/// <remarks>
/// Logic QF_FD: Z3's own SAT solver. Terms are never freed before the whole context is: one session lives for one request.
/// Not thread-safe, except that cancelling interrupts a check from outside.
/// </remarks>
#pragma warning disable CA2216 // every session lives in a using block; a finalizer could free a context that a check still runs in
internal sealed unsafe class Z3Session : IDisposable
#pragma warning restore CA2216
{
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenRegistration registration;
    private readonly CancellationTokenRegistration deadline;
    private readonly SolveLimits limits;
    private readonly nint context;
    private readonly nint solver;
    private readonly nint boolean;
    private readonly List<nint> positive = [0];
    private readonly List<nint> negative = [0];
    private readonly Dictionary<nint, int> assumed = [];
    private nint model;

    /// <exception cref="UnavailableException">The library is not installed.</exception>
    public Z3Session(SolveLimits limits, CancellationToken cancellationToken)
    {
        (this.limits, this.cancellationToken) = (limits, cancellationToken);
        context = CreateContext();
        boolean = Z3_mk_bool_sort(context);
        solver = Z3_mk_solver_for_logic(context, Z3_mk_string_symbol(context, "QF_FD"));
        ThrowOnError();
        Z3_solver_inc_ref(context, solver);
        SetParameters();
        registration = cancellationToken.Register(() => Z3_interrupt(context));
        deadline = limits.Deadline.Register(() => Z3_interrupt(context));
    }

    /// <summary>How many variables there are.</summary>
    public int VariableCount => positive.Count - 1;

    /// <summary>The assumptions of the last check that cannot hold together.</summary>
    public List<int> Core { get; } = [];

    public int NewVariable()
    {
        var term = Z3_mk_const(context, Z3_mk_int_symbol(context, positive.Count), boolean);
        positive.Add(term);
        negative.Add(0);
        return positive.Count - 1;
    }

    public void AddClause(ReadOnlySpan<int> literals)
    {
        var terms = stackalloc nint[Math.Min(literals.Length, 64)];
        if (literals.Length > 64)
        {
            AddLongClause(literals);
            return;
        }

        for (var i = 0; i < literals.Length; i++)
        {
            terms[i] = Term(literals[i]);
        }

        Z3_solver_assert(context, solver, literals.Length == 1 ? terms[0] : Z3_mk_or(context, (uint)literals.Length, terms));
    }

    /// <summary>Whether the clauses can hold together with the assumptions. If not, <see cref="Core"/> is filled; if so, <see cref="IsTrue"/> has a model.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Verdict Check(List<int> assumptions)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (limits.Deadline.IsCancellationRequested)
        {
            return Verdict.Unknown;
        }

        var terms = new nint[assumptions.Count];
        assumed.Clear();
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = Term(assumptions[i]);
            assumed[terms[i]] = assumptions[i];
        }

        int answer;
        fixed (nint* first = terms)
        {
            answer = Z3_solver_check_assumptions(context, solver, (uint)terms.Length, first);
        }

        return answer switch
        {
            True => KeepModel(),
            False => KeepCore(),
            _ => GiveUp(),
        };
    }

    /// <summary>The variable's value in the model of the last successful check; false where the model leaves it open.</summary>
    public bool IsTrue(int variable)
    {
        var value = Z3_model_get_const_interp(context, model, Z3_get_app_decl(context, positive[variable]));
        return value != 0 && Z3_get_bool_value(context, value) == True;
    }

    public void Dispose()
    {
        registration.Dispose();
        deadline.Dispose();
        if (model != 0)
        {
            Z3_model_dec_ref(context, model);
        }

        Z3_solver_dec_ref(context, solver);
        Z3_del_context(context);
    }

    private static nint CreateContext()
    {
        try
        {
            var config = Z3_mk_config();
            var context = Z3_mk_context(config);
            Z3_del_config(config);
            Z3_set_error_handler(context, 0);
            return context;
        }
        catch (DllNotFoundException e)
        {
            throw new UnavailableException(
                ErrorCodes.NativeLibraryMissing,
                "This request needs the solver Z3, and its library libz3.so.4 is not installed.",
                "Install the package libz3-4.",
                e);
        }
    }

    private void SetParameters()
    {
        var parameters = Z3_mk_params(context);
        Z3_params_inc_ref(context, parameters);
        Z3_params_set_symbol(context, parameters, Z3_mk_string_symbol(context, "phase"), Z3_mk_string_symbol(context, "always_false"));
        Z3_params_set_uint(context, parameters, Z3_mk_string_symbol(context, "max_conflicts"), (uint)limits.Conflicts);
        Z3_solver_set_params(context, solver, parameters);
        Z3_params_dec_ref(context, parameters);
        ThrowOnError();
    }

    private nint Term(int literal)
    {
        if (literal > 0)
        {
            return positive[literal];
        }

        if (negative[-literal] == 0)
        {
            negative[-literal] = Z3_mk_not(context, positive[-literal]);
        }

        return negative[-literal];
    }

    private void AddLongClause(ReadOnlySpan<int> literals)
    {
        var terms = new nint[literals.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = Term(literals[i]);
        }

        fixed (nint* first = terms)
        {
            Z3_solver_assert(context, solver, Z3_mk_or(context, (uint)terms.Length, first));
        }
    }

    private bool IsInterrupted => Z3_get_error_code(context) != 0 && (limits.Deadline.IsCancellationRequested || cancellationToken.IsCancellationRequested);

    private Verdict KeepModel()
    {
        if (model != 0)
        {
            Z3_model_dec_ref(context, model);
        }

        model = Z3_solver_get_model(context, solver);
        if (IsInterrupted)
        {
            model = 0;
            return GiveUp();
        }

        ThrowOnError();
        Z3_model_inc_ref(context, model);
        return Verdict.Possible;
    }

    private Verdict KeepCore()
    {
        Core.Clear();
        var core = Z3_solver_get_unsat_core(context, solver);
        if (IsInterrupted)
        {
            return GiveUp();
        }

        ThrowOnError();
        Z3_ast_vector_inc_ref(context, core);
        for (var i = 0u; i < Z3_ast_vector_size(context, core); i++)
        {
            Core.Add(assumed[Z3_ast_vector_get(context, core, i)]);
        }

        Z3_ast_vector_dec_ref(context, core);

        // Z3's order is an accident of its memory; ours is not.
        Core.Sort((left, right) => Math.Abs(left).CompareTo(Math.Abs(right)));
        return Verdict.Impossible;
    }

    private Verdict GiveUp()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Verdict.Unknown;
    }

    private void ThrowOnError()
    {
        if (Z3_get_error_code(context) is var code and not 0)
        {
            throw Bug($"Z3 reports an error: {Marshal.PtrToStringUTF8(Z3_get_error_msg(context, code))}");
        }
    }

    private static VeridianBugException Bug(string message) => new(ErrorCodes.Unexpected, message + ".", "Report this together with 'vpkg.toml' and 'vpkg.lock'.");
}
