#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace flawsmith {

using Dimensions = std::vector<int64_t>;

/** Turns a failed status into an exception, which the kernel reports to TensorFlow. */
class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;
  ~Status() { TF_DeleteStatus(status_); }
  TF_Status* get() const { return status_; }
  void check() const {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* status_;
};

/** A float32 tensor of TensorFlow's, read and written where it lies. */
class FloatTensor {
 public:
  explicit FloatTensor(TF_Tensor* tensor) : tensor_(tensor) {}
  FloatTensor(FloatTensor&& other) noexcept : tensor_(other.tensor_) { other.tensor_ = nullptr; }
  FloatTensor(const FloatTensor&) = delete;
  FloatTensor& operator=(const FloatTensor&) = delete;
  ~FloatTensor() {
    if (tensor_ != nullptr) TF_DeleteTensor(tensor_);
  }
  const TF_Tensor* get() const { return tensor_; }
  float* data() const { return static_cast<float*>(TF_TensorData(tensor_)); }
  int rank() const { return TF_NumDims(tensor_); }
  int dimension(int axis) const { return static_cast<int>(TF_Dim(tensor_, axis)); }
  int64_t length() const { return TF_TensorElementCount(tensor_); }
  Dimensions dimensions() const {
    Dimensions all;
    for (int axis = 0; axis < rank(); axis++) all.push_back(TF_Dim(tensor_, axis));
    return all;
  }

 private:
  TF_Tensor* tensor_;
};

/** Inputs and outputs of one call. */
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {}

  FloatTensor input(int index) const {
    TF_Tensor* tensor = nullptr;
    Status status;
    TF_GetInput(context_, index, &tensor, status.get());
    status.check();
    return FloatTensor(tensor);
  }

  FloatTensor output(int index, const Dimensions& dimensions) const {
    int64_t length = 1;
    for (const int64_t dimension : dimensions) length *= dimension;
    Status status;
    TF_Tensor* tensor = TF_AllocateOutput(context_, index, TF_FLOAT, dimensions.data(), static_cast<int>(dimensions.size()),
                                          length * sizeof(float), status.get());
    status.check();
    return FloatTensor(tensor);
  }

  /** The output is another tensor's memory in other dimensions, of the same length. */
  void share(int index, const FloatTensor& tensor, const Dimensions& dimensions) const {
    const int64_t none = 0;
    TF_Tensor* shared = TF_AllocateTensor(TF_FLOAT, &none, 1, 0);
    const FloatTensor owner(shared);
    Status status;
    TF_TensorBitcastFrom(tensor.get(), TF_FLOAT, shared, dimensions.data(), static_cast<int>(dimensions.size()), status.get());
    status.check();
    TF_SetOutput(context_, index, shared, status.get());
    status.check();
  }

 private:
  TF_OpKernelContext* context_;
};

/** Attributes of one operation, read when TensorFlow creates the kernel. */
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction) : construction_(construction) {}

  std::vector<int> integers(const char* name) const {
    int32_t count = 0, total = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrSize(construction_, name, &count, &total, status.get());
    status.check();
    return integers(name, count);
  }

  std::vector<int> integers(const char* name, int count) const {
    std::vector<int> values(count);
    Status status;
    TF_OpKernelConstruction_GetAttrInt32List(construction_, name, values.data(), count, status.get());
    status.check();
    return values;
  }

  int integer(const char* name) const {
    int32_t value = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrInt32(construction_, name, &value, status.get());
    status.check();
    return value;
  }

  bool flag(const char* name) const {
    unsigned char value = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status.get());
    status.check();
    return value != 0;
  }

  float number(const char* name) const {
    float value = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status.get());
    status.check();
    return value;
  }

 private:
  TF_OpKernelConstruction* construction_;
};

struct OperationSpec {
  const char* name;
  std::vector<const char*> inputs;
  std::vector<const char*> outputs;
  std::vector<const char*> attributes;
};


void defineOperation(const OperationSpec& spec);
void registerKernel(const char* name, void* (*create)(TF_OpKernelConstruction*), void (*compute)(void*, TF_OpKernelContext*),
                    void (*destroy)(void*));
void fail(TF_OpKernelContext* context, const char* message);
void fail(TF_OpKernelConstruction* construction, const char* message);

/** Makes a kernel known to TensorFlow. Kernel has a constructor from Attributes and a const run(const Call&). */
template <class Kernel>
void registerOperation(const OperationSpec& spec) {
  defineOperation(spec);
  registerKernel(
      spec.name,
      [](TF_OpKernelConstruction* construction) -> void* {
        try {
          return new Kernel(Attributes(construction));
        } catch (const std::exception& thrown) {
          fail(construction, thrown.what());
          return nullptr;
        }
      },
      [](void* kernel, TF_OpKernelContext* context) {
        try {
          static_cast<const Kernel*>(kernel)->run(Call(context));
        } catch (const std::exception& thrown) {
          fail(context, thrown.what());
        }
      },
      [](void* kernel) { delete static_cast<Kernel*>(kernel); });
}

}  // namespace flawsmith
