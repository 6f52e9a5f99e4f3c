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

/**
 * What there is to take, in one number so that it changes as one: which job (16 bits), its tasks (24), the next of them (24). A
 * helper that comes late finds the job taken or another in its place; nobody waits for it.
 */
struct Ticket {
  explicit Ticket(uint64_t bits) : bits(bits) {}
  Ticket(uint64_t job, int count) : bits(job << 48 | static_cast<uint64_t>(count) << 24) {}
  int count() const { return static_cast<int>(bits >> 24 & 0xffffff); }
  int next() const { return static_cast<int>(bits & 0xffffff); }
  bool isLeft() const { return next() < count(); }
  uint64_t bits;
};

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
    done_.store(0);
    {
      std::lock_guard<std::mutex> lock(wakeMutex_);
      ticket_.store(Ticket(++job_, count).bits);
    }
    if (asleep_.load() > 0) wake_.notify_all();
    takeTasks();
    for (int spins = 0; done_.load(std::memory_order_acquire) < count; spins++) {
      if (spins < 20000) {
        _mm_pause();
      } else {
        std::this_thread::yield();
      }
    }
  }

 private:
  void takeTasks() {
    Ticket ticket(ticket_.load(std::memory_order_acquire));
    while (ticket.isLeft()) {
      if (!ticket_.compare_exchange_weak(ticket.bits, ticket.bits + 1, std::memory_order_acq_rel, std::memory_order_acquire)) continue;
      // The job cannot end, nor task_ change, before this task is done.
      (*task_)(ticket.next());
      done_.fetch_add(1, std::memory_order_release);
      ticket = Ticket(ticket_.load(std::memory_order_acquire));
    }
  }

  void help() {
    for (;;) {
      waitForTasks();
      takeTasks();
    }
  }

  bool hasTasks() const { return Ticket(ticket_.load(std::memory_order_acquire)).isLeft(); }

  void waitForTasks() {
    const auto until = std::chrono::steady_clock::now() + spinTime;
    while (std::chrono::steady_clock::now() < until) {
      for (int spins = 0; spins < 64; spins++) {
        if (hasTasks()) return;
        _mm_pause();
      }
    }
    std::unique_lock<std::mutex> lock(wakeMutex_);
    asleep_.fetch_add(1);
    wake_.wait(lock, [&] { return hasTasks(); });
    asleep_.fetch_sub(1);
  }

  const int helpers_;
  std::mutex runMutex_;
  std::mutex wakeMutex_;
  std::condition_variable wake_;
  uint64_t job_ = 0;
  const std::function<void(int)>* task_ = nullptr;
  std::atomic<uint64_t> ticket_{0};
  /** Tasks of this job that have ended. */
  std::atomic<int> done_{0};
  std::atomic<int> asleep_{0};
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
