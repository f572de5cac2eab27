/* The peer of the hot-solve figures: libsolv on the same Packages files and requests.
 *
 *   libsolv ROUNDS REQUESTS ANSWERS PACKAGES...
 *
 * REQUESTS has one request per line, names separated by blanks. For each it prints
 *   SECONDS-OF-SOLVE PACKAGES
 * (median of ROUNDS, processor time), preceded by one line with the seconds of pool_createwhatprovides.
 * ANSWERS gets the chosen packages of each request, one line each, as name=version.
 */
#include <solv/pool.h>
#include <solv/repo.h>
#include <solv/repo_deb.h>
#include <solv/solver.h>
#include <solv/selection.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times, int count)
{
    qsort(times, count, sizeof *times, ascending);
    return times[count / 2];
}

static int solve(Pool *pool, Queue *job, FILE *answers)
{
    Solver *solver = solver_create(pool);
    solver_set_flag(solver, SOLVER_FLAG_IGNORE_RECOMMENDED, 1);
    int problems = solver_solve(solver, job), count = -1;
    if (!problems) {
        Transaction *transaction = solver_create_transaction(solver);
        count = transaction->steps.count;
        if (answers) {
            for (int i = 0; i < transaction->steps.count; i++) {
                Solvable *s = pool_id2solvable(pool, transaction->steps.elements[i]);
                fprintf(answers, "%s%s=%s", i ? " " : "", pool_id2str(pool, s->name), pool_id2str(pool, s->evr));
            }
            fprintf(answers, "\n");
        }
        transaction_free(transaction);
    } else if (answers) {
        fprintf(answers, "-\n");
    }
    solver_free(solver);
    return count;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    int rounds = atoi(argv[1]);
    double *times = calloc(rounds, sizeof *times);
    Pool *pool = pool_create();
    pool_setdisttype(pool, DISTTYPE_DEB);
    pool_setarch(pool, "amd64");
    for (int i = 4; i < argc; i++) {
        FILE *file = fopen(argv[i], "r");
        if (!file)
            return 2;
        Repo *repo = repo_create(pool, argv[i]);
        repo_add_debpackages(repo, file, 0);
        fclose(file);
    }
    for (int i = 0; i < rounds; i++) {
        double started = now();
        pool_createwhatprovides(pool);
        times[i] = now() - started;
    }
    printf("%.9f\n", median(times, rounds));
    FILE *requests = fopen(argv[2], "r"), *answers = fopen(argv[3], "w");
    if (!requests || !answers)
        return 2;
    char *line = 0;
    size_t size = 0;
    while (getline(&line, &size, requests) > 0) {
        Queue job;
        queue_init(&job);
        for (char *name = strtok(line, " \n"); name; name = strtok(0, " \n"))
            queue_push2(&job, SOLVER_SOLVABLE_NAME | SOLVER_INSTALL, pool_str2id(pool, name, 1));
        int count = solve(pool, &job, answers);
        for (int i = 0; i < rounds; i++) {
            double started = now();
            solve(pool, &job, 0);
            times[i] = now() - started;
        }
        printf("%.9f %d\n", median(times, rounds), count);
        queue_free(&job);
    }
    return 0;
}
