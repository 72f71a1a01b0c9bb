// Values to JSON and back, by the same visits of fields as fingerprints use.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "model/base/js_string.hpp"
#include "model/base/json.hpp"
#include "model/base/result.hpp"
#include "model/base/shared.hpp"
#include "model/base/time.hpp"
#include "model/crypto/base64.hpp"

namespace sim {

/// Writes everything, whatever its role in fingerprints.
class JsonWriter {
 public:
  static constexpr bool kReads = false;

  [[nodiscard]] model::js::Value take() { return model::js::Value(std::move(object_)); }

  template <class T>
  void operator()(std::string_view name, T& value) {
    object_.set(name, put(value));
  }
  template <class T>
  void aged(std::string_view name, T& value, model::Millis) {
    (*this)(name, value);
  }
  template <class T>
  void shown(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void key(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void keys(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void keyed(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void store_record(std::string_view name, std::string_view, T& value) {
    (*this)(name, value);
  }

 private:
  using Value = model::js::Value;
  static Value put(std::string& text) {
    if (model::js::valid_utf8(text)) return text;
    return model::js::Object{{"base64", model::crypto::encode_base64url(text)}};
  }
  static Value put(bool& flag) { return flag; }
  template <class T>
    requires(std::is_enum_v<T> || (std::is_integral_v<T> && !std::is_same_v<T, bool>))
  static Value put(T& number) {
    if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) {
      return std::to_string(number);  // beyond 2^53 a JSON number would round
    } else {
      return static_cast<std::int64_t>(number);
    }
  }
  static Value put(model::Instant& at) { return at.ms; }
  static Value put(model::Millis& span) { return span.count; }
  static Value put(Value& value) { return value; }
  static Value put(model::js::Object& value) { return Value(value); }
  template <class T>
  static Value put(std::optional<T>& value) {
    model::js::Array array;
    if (value) array.push_back(put(*value));
    return Value(std::move(array));
  }
  template <class T>
  static Value put(std::vector<T>& list) {
    model::js::Array array;
    for (auto&& element : list) {
      T own = element;
      array.push_back(put(own));
    }
    return Value(std::move(array));
  }
  template <class T, std::size_t N>
  static Value put(std::array<T, N>& list) {
    model::js::Array array;
    for (T& element : list) array.push_back(put(element));
    return Value(std::move(array));
  }
  template <class T>
  static Value put(std::set<T>& set) {
    model::js::Array array;
    for (T element : set) array.push_back(put(element));
    return Value(std::move(array));
  }
  template <class K, class V>
  static Value put(std::map<K, V>& entries) {
    model::js::Array array;
    for (auto& [key, value] : entries) {
      K own = key;
      array.push_back(Value(model::js::Array{put(own), put(value)}));
    }
    return Value(std::move(array));
  }
  template <class A, class B>
  static Value put(std::pair<A, B>& pair) {
    return Value(model::js::Array{put(pair.first), put(pair.second)});
  }
  template <class... T>
  static Value put(std::variant<T...>& value) {
    model::js::Array array;
    array.emplace_back(static_cast<std::int64_t>(value.index()));
    std::visit([&](auto& one) { array.push_back(put(one)); }, value);
    return Value(std::move(array));
  }
  static Value put(std::monostate&) { return {}; }
  template <class T>
  static Value put(model::Shared<T>& value) {
    T own = *value;
    return put(own);
  }
  template <class T>
    requires std::is_class_v<T>
  static Value put(T& value) {
    JsonWriter inner;
    fields(inner, value);
    return inner.take();
  }

  model::js::Object object_;
};

/// Reads what JsonWriter wrote. The first thing that does not fit is kept as the error, with the
/// path to it; the rest then reads as defaults.
class JsonReader {
 public:
  static constexpr bool kReads = true;

  JsonReader(const model::js::Value& value, std::string path, std::optional<std::string>& error)
      : value_(value), path_(std::move(path)), error_(error) {}

  template <class T>
  void operator()(std::string_view name, T& value) {
    const model::js::Value* member = model::js::member(value_, name);
    const std::string path = path_ + "/" + std::string(name);
    if (member == nullptr) {
      fail(path, "is missing");
      return;
    }
    JsonReader(*member, path, error_).get(value);
  }
  template <class T>
  void aged(std::string_view name, T& value, model::Millis) {
    (*this)(name, value);
  }
  template <class T>
  void shown(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void key(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void keys(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void keyed(std::string_view name, T& value) {
    (*this)(name, value);
  }
  template <class T>
  void store_record(std::string_view name, std::string_view, T& value) {
    (*this)(name, value);
  }

  /// The whole value as a T.
  template <class T>
    requires(std::is_class_v<T>)
  void get(T& value) {
    fields(*this, value);
  }
  void get(std::string& text) {
    if (const auto* bytes = model::js::string_member(value_, "base64")) {
      text = model::crypto::decode_base64_lenient(*bytes);
    } else if (value_.is_string()) {
      text = value_.string();
    } else {
      fail(path_, "is no string");
    }
  }
  void get(bool& flag) {
    if (value_.is_bool()) {
      flag = value_.boolean();
    } else {
      fail(path_, "is no boolean");
    }
  }
  template <class T>
    requires(std::is_enum_v<T> || (std::is_integral_v<T> && !std::is_same_v<T, bool>))
  void get(T& number) {
    if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) {
      const std::string text = value_.is_string() ? value_.string() : "";
      const auto end = text.data() + text.size();
      if (text.empty() || std::from_chars(text.data(), end, number).ptr != end) {
        fail(path_, "is no number");
      }
    } else if (value_.is_integer()) {
      number = static_cast<T>(value_.integer());
    } else {
      fail(path_, "is no whole number");
    }
  }
  void get(model::Instant& at) { get(at.ms); }
  void get(model::Millis& span) { get(span.count); }
  void get(model::js::Value& value) { value = value_; }
  void get(model::js::Object& value) {
    if (value_.is_object()) {
      value = value_.object();
    } else {
      fail(path_, "is no object");
    }
  }
  template <class T>
  void get(std::optional<T>& value) {
    value.reset();
    for (const auto& [element, path] : elements()) {
      JsonReader(element, path, error_).get(value.emplace());
    }
  }
  template <class T>
  void get(std::vector<T>& list) {
    list.clear();
    for (const auto& [element, path] : elements()) {
      T one{};
      JsonReader(element, path, error_).get(one);
      list.push_back(std::move(one));
    }
  }
  template <class T, std::size_t N>
  void get(std::array<T, N>& list) {
    const auto all = elements();
    if (all.size() != N) return fail(path_, "has the wrong length");
    for (std::size_t i = 0; i < N; ++i)
      JsonReader(all[i].first, all[i].second, error_).get(list[i]);
  }
  template <class T>
  void get(std::set<T>& set) {
    std::vector<T> list;
    get(list);
    set = std::set<T>(list.begin(), list.end());
  }
  template <class K, class V>
  void get(std::map<K, V>& entries) {
    std::vector<std::pair<K, V>> list;
    get(list);
    entries.clear();
    for (auto& entry : list) entries.emplace(std::move(entry.first), std::move(entry.second));
  }
  template <class A, class B>
  void get(std::pair<A, B>& pair) {
    const auto both = elements();
    if (both.size() != 2) return fail(path_, "is no pair");
    JsonReader(both[0].first, both[0].second, error_).get(pair.first);
    JsonReader(both[1].first, both[1].second, error_).get(pair.second);
  }
  template <class... T>
  void get(std::variant<T...>& value) {
    const auto parts = elements();
    if (parts.size() != 2 || !parts[0].first.is_integer()) return fail(path_, "is no variant");
    const auto wanted = static_cast<std::size_t>(parts[0].first.integer());
    if (wanted >= sizeof...(T)) return fail(path_, "names no alternative");
    std::size_t index = 0;
    (((index++ == wanted) ? (void)read_alternative(value.template emplace<T>(), parts[1])
                          : (void)0),
     ...);
  }
  void get(std::monostate&) {}
  template <class T>
  void get(model::Shared<T>& value) {
    T own{};
    get(own);
    value = model::Shared<T>(std::move(own));
  }

 private:
  using Element = std::pair<model::js::Value, std::string>;
  template <class T>
  void read_alternative(T& value, const Element& part) {
    JsonReader(part.first, part.second, error_).get(value);
  }
  std::vector<Element> elements() {
    std::vector<Element> list;
    if (!value_.is_array()) {
      fail(path_, "is no list");
      return list;
    }
    for (const model::js::Value& element : value_.array()) {
      list.emplace_back(element, path_ + "/" + std::to_string(list.size()));
    }
    return list;
  }
  void fail(const std::string& path, std::string_view what) {
    if (!error_) error_ = path + " " + std::string(what);
  }

  const model::js::Value& value_;
  std::string path_;
  std::optional<std::string>& error_;
};

}  // namespace sim
