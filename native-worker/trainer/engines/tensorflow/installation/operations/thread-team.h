#pragma once

#include <functional>

namespace flawsmith {

/**
 * Runs task(0) … task(count - 1), each once, on every core, and returns when all are done. Tasks are handed out one by one, so
 * that a core another program keeps busy only delays the task it holds. At most 16 million of them.
 */
void runTasks(int count, const std::function<void(int)>& task);

/** Threads that share the tasks, the caller's included. */
int threadCount();

}  // namespace flawsmith
