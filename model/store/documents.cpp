#include "model/store/documents.hpp"

#include "model/base/js_string.hpp"
#include "model/base/json.hpp"

namespace model::store {

FileNames files_of(Group group) {
  switch (group) {
    case Group::bootstrap:
      return {"devices/bootstrap.json", ""};
    case Group::devices:
      return {"devices/pending.json", "devices/paired.json"};
    case Group::nodes:
      return {"nodes/pending.json", "nodes/paired.json"};
  }
  return {};
}

Result<Document> read_document(const std::optional<std::string>& bytes,
                               const policy::Policy& policy) {
  const Document empty{js::Object{}};
  if (!bytes) return empty;
  // The original reads with encoding utf8, which replaces what is not UTF-8 instead of failing.
  auto document = js::parse(js::decode_utf8_lossily(*bytes));
  const bool refuse = policy.store_unreadable == policy::StoreUnreadable::refuse;
  if (!document) {
    if (refuse) return std::unexpected(document.error());
    return empty;
  }
  if (!document->is_object()) {
    if (refuse) return fail("not a JSON object");
    return empty;
  }
  return *std::move(document);
}

Result<Document> unreadable_document(const policy::Policy& policy) {
  if (policy.store_unreadable == policy::StoreUnreadable::refuse) return fail("cannot be read");
  return Document{js::Object{}};
}

std::string write_document(const Document& document) { return js::dump_pretty(document); }

}  // namespace model::store
