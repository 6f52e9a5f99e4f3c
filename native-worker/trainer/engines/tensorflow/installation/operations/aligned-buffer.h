#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace flawsmith {

/** Scratch memory that only grows; contents do not survive growth. */
class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  AlignedBuffer(const AlignedBuffer&) = delete;
  AlignedBuffer& operator=(const AlignedBuffer&) = delete;
  ~AlignedBuffer() { std::free(data_); }

  float* atLeast(size_t length) {
    if (length > length_) {
      std::free(data_);
      const size_t bytes = (length * sizeof(float) + pageBytes - 1) / pageBytes * pageBytes;
      data_ = static_cast<float*>(std::aligned_alloc(pageBytes, bytes));
      if (data_ == nullptr) throw std::bad_alloc();
      madvise(data_, bytes, MADV_HUGEPAGE);
      length_ = length;
    }
    return data_;
  }

 private:
  /** A huge page: packed blocks are read so densely that the lookup of small pages shows. */
  static constexpr size_t pageBytes = 2 << 20;
  float* data_ = nullptr;
  size_t length_ = 0;
};

}  // namespace flawsmith
