#include "thread-team.h"

#include <immintrin.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace flawsmith {
namespace {

/** Longer than JavaScript takes between two operations: a helper that slept would miss the start of each. */
constexpr auto spinTime = std::chrono::microseconds(60);

/** Helper threads live as long as the process; the team is never destroyed, so that exit waits for none of them. */
class ThreadTeam {
 public:
  explicit ThreadTeam(int helpers) : helpers_(helpers) {
    for (int index = 0; index < helpers; index++) std::thread([this] { help(); }).detach();
  }

  int size() const { return helpers_ + 1; }

  void run(int count, const std::function<void(int)>& task) {
    std::lock_guard<std::mutex> oneJobAtATime(runMutex_);
    task_ = &task;
    count_ = count;
    next_.store(0);
    busy_.store(helpers_);
    {
      std::lock_guard<std::mutex> lock(wakeMutex_);
      round_.fetch_add(1);
    }
    if (asleep_.load() > 0) wake_.notify_all();
    takeTasks();
    for (int spins = 0; busy_.load(std::memory_order_acquire) > 0; spins++) {
      if (spins < 20000) {
        _mm_pause();
      } else {
        std::this_thread::yield();
      }
    }
  }

 private:
  void takeTasks() {
    for (int index = next_.fetch_add(1); index < count_; index = next_.fetch_add(1)) (*task_)(index);
  }

  void help() {
    for (uint64_t seen = 0;; seen++) {
      waitForRound(seen);
      takeTasks();
      busy_.fetch_sub(1, std::memory_order_release);
    }
  }

  void waitForRound(uint64_t seen) {
    const auto until = std::chrono::steady_clock::now() + spinTime;
    while (std::chrono::steady_clock::now() < until) {
      for (int spins = 0; spins < 64; spins++) {
        if (round_.load(std::memory_order_acquire) != seen) return;
        _mm_pause();
      }
    }
    std::unique_lock<std::mutex> lock(wakeMutex_);
    asleep_.fetch_add(1);
    wake_.wait(lock, [&] { return round_.load() != seen; });
    asleep_.fetch_sub(1);
  }

  const int helpers_;
  std::mutex runMutex_;
  std::mutex wakeMutex_;
  std::condition_variable wake_;
  const std::function<void(int)>* task_ = nullptr;
  int count_ = 0;
  std::atomic<int> next_{0};
  std::atomic<int> busy_{0};
  std::atomic<int> asleep_{0};
  /** Counts the calls of run; every helper takes part in each. */
  std::atomic<uint64_t> round_{0};
};

ThreadTeam& team() {
  static ThreadTeam& only = *new ThreadTeam(static_cast<int>(std::max(1u, std::thread::hardware_concurrency())) - 1);
  return only;
}

}  // namespace

void runTasks(int count, const std::function<void(int)>& task) {
  if (count == 1) {
    task(0);
  } else if (count > 1) {
    team().run(count, task);
  }
}

int threadCount() { return team().size(); }

}  // namespace flawsmith
