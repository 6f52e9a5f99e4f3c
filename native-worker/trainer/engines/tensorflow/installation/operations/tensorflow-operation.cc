#include "tensorflow-operation.h"

#include <cstdio>
#include <cstdlib>

#include "tensorflow/c/ops.h"

namespace flawsmith {
namespace {

/** Registration happens while the library loads, where nobody could catch an exception. */
void stopUnlessOk(const Status& status, const char* name) {
  if (TF_GetCode(status.get()) == TF_OK) return;
  std::fprintf(stderr, "flawsmith: cannot register %s: %s\n", name, TF_Message(status.get()));
  std::abort();
}

}  // namespace

void defineOperation(const OperationSpec& spec) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(spec.name);
  for (const char* input : spec.inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : spec.outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  for (const char* attribute : spec.attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  Status status;
  TF_RegisterOpDefinition(builder, status.get());
  stopUnlessOk(status, spec.name);
}

void registerKernel(const char* name, void* (*create)(TF_OpKernelConstruction*), void (*compute)(void*, TF_OpKernelContext*),
                    void (*destroy)(void*)) {
  Status status;
  TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", create, compute, destroy), status.get());
  stopUnlessOk(status, name);
}

void fail(TF_OpKernelContext* context, const char* message) {
  Status status;
  TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, message);
  TF_OpKernelContext_Failure(context, status.get());
}

void fail(TF_OpKernelConstruction* construction, const char* message) {
  Status status;
  TF_SetStatus(status.get(), TF_INVALID_ARGUMENT, message);
  TF_OpKernelConstruction_Failure(construction, status.get());
}

}  // namespace flawsmith
