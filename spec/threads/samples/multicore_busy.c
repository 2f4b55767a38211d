#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct life {
    double passed, used, queued;
};

static double until;

static double now(clockid_t which)
{
    struct timespec clock;
    clock_gettime(which, &clock);
    return clock.tv_sec + clock.tv_nsec / 1e9;
}

static double seconds_in_queue(void)
{
    double used, queued;
    FILE *told = fopen("/proc/thread-self/schedstat", "r");
    int read = told ? fscanf(told, "%lf %lf", &used, &queued) : 0;
    if (told)
        fclose(told);
    return read == 2 ? queued / 1e9 : NAN;
}

static void *loop(void *told)
{
    struct life *life = told;
    double queued = seconds_in_queue(), used = now(CLOCK_THREAD_CPUTIME_ID), began = now(CLOCK_MONOTONIC);
    volatile unsigned x = 0;
    while (now(CLOCK_MONOTONIC) < until)
        for (int step = 0; step < 1000; step++)
            x ^= 1;
    life->passed = now(CLOCK_MONOTONIC) - began;
    life->used = now(CLOCK_THREAD_CPUTIME_ID) - used;
    life->queued = seconds_in_queue() - queued;
    return NULL;
}

int main(int count, char **words)
{
    int threads = count > 2 ? atoi(words[1]) : 1;
    pthread_t *started = calloc(threads, sizeof *started);
    struct life *lives = calloc(threads, sizeof *lives);
    until = now(CLOCK_MONOTONIC) + (count > 2 ? atof(words[2]) : 0.01);
    for (int each = 0; each < threads; each++)
        if (pthread_create(&started[each], NULL, loop, &lives[each]))
            return 1;
    for (int each = 0; each < threads; each++) {
        pthread_join(started[each], NULL);
        printf("%f %f %f\n", lives[each].passed, lives[each].used, lives[each].queued);
    }
    return 0;
}
