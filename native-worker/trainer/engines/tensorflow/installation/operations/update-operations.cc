#include "update-operations.h"

#include <algorithm>

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

  /** The tensors of the first list in pieces of about the same length: a few hold most of the values. */
  template <class Update>
  void runPieces(const std::vector<FloatTensor>& tensors, const Update& update) const {
    constexpr int64_t pieceLength = 32768;
    struct Piece {
      int first, last;
      int64_t from, length;
    };
    std::vector<Piece> pieces;
    int64_t together = pieceLength;
    for (int i = 0; i < count; i++) {
      const int64_t length = tensors[i].length();
      if (length < pieceLength / 2 && together + length <= pieceLength && !pieces.empty()) {
        pieces.back().last = i;
        together += length;
        continue;
      }
      for (int64_t from = 0; from < length || from == 0; from += pieceLength)
        pieces.push_back({i, i, from, std::min(pieceLength, length - from)});
      together = length < pieceLength / 2 ? length : pieceLength;
    }
    runTasks(static_cast<int>(pieces.size()), [&](int index) {
      const Piece& piece = pieces[index];
      update(piece.first, piece.from, piece.length);
      for (int i = piece.first + 1; i <= piece.last; i++) update(i, 0, tensors[i].length());
    });
  }

  int count;
};

struct AdamOnLists : OnLists {
  using OnLists::OnLists;
  void run(const Call& call) const {
    const std::vector<FloatTensor> in = inputs(call, 4), out = outputs(call, 3, in);
    if (in.back().length() != 4) throw std::invalid_argument("Adam has four numbers");
    const float* numbers = in.back().data();
    runPieces(in, [&](int i, int64_t from, int64_t length) {
      const AdamTensors tensors{in[i].data() + from, in[count + i].data() + from, in[2 * count + i].data() + from,
                                in[3 * count + i].data() + from, out[i].data() + from, out[count + i].data() + from,
                                out[2 * count + i].data() + from};
      adam(tensors, length, {numbers[0], numbers[1], numbers[2], numbers[3]});
    });
  }
};

struct FollowOnLists : OnLists {
  using OnLists::OnLists;
  void run(const Call& call) const {
    const std::vector<FloatTensor> in = inputs(call, 2), out = outputs(call, 1, in);
    if (in.back().length() != 1) throw std::invalid_argument("following has one number");
    runPieces(in, [&](int i, int64_t from, int64_t length) {
      follow(in[i].data() + from, in[count + i].data() + from, length, in.back().data()[0], out[i].data() + from);
    });
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
