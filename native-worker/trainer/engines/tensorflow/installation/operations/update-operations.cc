#include "update-operations.h"

#include "tensorflow-operation.h"
#include "thread-team.h"
#include "updates.h"

namespace flawsmith {
namespace {

/** Inputs are lists of so many tensors, one list after the other, then the numbers; outputs the same. */
struct OnLists {
  explicit OnLists(const Attributes& attributes) : count(attributes.integer("count")) {}

  std::vector<FloatTensor> inputs(const Call& call, int lists) const {
    std::vector<FloatTensor> all;
    for (int index = 0; index < lists * count + 1; index++) all.push_back(call.input(index));
    for (int index = 0; index < lists * count; index++)
      if (all[index].length() != all[index % count].length()) throw std::invalid_argument("the lists' tensors differ in length");
    return all;
  }

  std::vector<FloatTensor> outputs(const Call& call, int lists, const std::vector<FloatTensor>& like) const {
    std::vector<FloatTensor> all;
    for (int index = 0; index < lists * count; index++) all.push_back(call.output(index, like[index % count].dimensions()));
    return all;
  }

  int count;
};

struct AdamOnLists : OnLists {
  using OnLists::OnLists;
  void run(const Call& call) const {
    const std::vector<FloatTensor> in = inputs(call, 4), out = outputs(call, 3, in);
    if (in.back().length() != 4) throw std::invalid_argument("Adam has four numbers");
    const float* numbers = in.back().data();
    runTasks(count, [&](int i) {
      const AdamTensors tensors{in[i].data(), in[count + i].data(), in[2 * count + i].data(), in[3 * count + i].data(),
                                out[i].data(), out[count + i].data(), out[2 * count + i].data()};
      adam(tensors, in[i].length(), {numbers[0], numbers[1], numbers[2], numbers[3]});
    });
  }
};

struct FollowOnLists : OnLists {
  using OnLists::OnLists;
  void run(const Call& call) const {
    const std::vector<FloatTensor> in = inputs(call, 2), out = outputs(call, 1, in);
    if (in.back().length() != 1) throw std::invalid_argument("following has one number");
    runTasks(count, [&](int i) { follow(in[i].data(), in[count + i].data(), in[i].length(), in.back().data()[0], out[i].data()); });
  }
};

}  // namespace

void registerUpdates() {
  registerOperation<AdamOnLists>(
      {"FlawsmithAdam",
       {"parameters: count * float", "gradients: count * float", "firsts: count * float", "seconds: count * float", "numbers: float"},
       {"new_parameters: count * float", "new_firsts: count * float", "new_seconds: count * float"},
       {"count: int >= 1"}});
  registerOperation<FollowOnLists>({"FlawsmithFollow",
                                    {"followers: count * float", "followed: count * float", "kept: float"},
                                    {"moved: count * float"},
                                    {"count: int >= 1"}});
}

}  // namespace flawsmith
