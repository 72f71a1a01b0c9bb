# What every target of this project shares: warnings, determinism flags, sanitizers, packages, and
# the two functions that folders use, pairlab_library and pairlab_test. No global flags: a target
# gets them by linking pairlab_build (and pairlab_warnings, which is never passed on).

option(PAIRLAB_TESTS "build the tests" ${PROJECT_IS_TOP_LEVEL})
option(PAIRLAB_FUZZ "build the fuzz targets with libFuzzer (clang)" OFF)
option(PAIRLAB_BENCH "build the benchmarks" OFF)
option(PAIRLAB_COVERAGE "instrument for source coverage (clang)" OFF)
set(PAIRLAB_SANITIZE "" CACHE STRING "sanitizers, as -fsanitize= takes them: address,undefined or thread")

# One layout for build trees and installations: bin/sim finds its scenarios in
# ../share/pairlab/scenarios in both.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/pairlab)
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/scenarios ${PROJECT_BINARY_DIR}/share/pairlab/scenarios SYMBOLIC)

find_program(PAIRLAB_CCACHE NAMES ccache)
if(PAIRLAB_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PAIRLAB_CCACHE})
endif()

# --- packages --------------------------------------------------------------------------------------

find_package(fmt REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Threads REQUIRED)
if(NOT TARGET yaml-cpp::yaml-cpp)  # the name from 0.8 on
  add_library(pairlab_yaml_cpp INTERFACE)
  target_link_libraries(pairlab_yaml_cpp INTERFACE yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS pairlab_yaml_cpp)
endif()
find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
add_library(pairlab_xxhash INTERFACE)  # header only: XXH_INLINE_ALL
target_include_directories(pairlab_xxhash SYSTEM INTERFACE ${XXHASH_INCLUDE_DIR})
add_library(xxhash::xxhash ALIAS pairlab_xxhash)
if(PAIRLAB_TESTS)
  find_package(GTest REQUIRED)
  find_package(rapidcheck REQUIRED)
endif()
if(PAIRLAB_BENCH)
  find_package(benchmark REQUIRED)
endif()

# --- how our code is compiled and linked ------------------------------------------------------------

add_library(pairlab_build INTERFACE)
target_include_directories(pairlab_build INTERFACE ${PROJECT_SOURCE_DIR})
# A fused multiply-add rounds once where two operations round twice: builds would disagree.
target_compile_options(pairlab_build INTERFACE -ffp-contract=off)
if(PAIRLAB_SANITIZE)
  target_compile_options(pairlab_build INTERFACE
    -fsanitize=${PAIRLAB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pairlab_build INTERFACE -fsanitize=${PAIRLAB_SANITIZE})
endif()
if(PAIRLAB_FUZZ)
  target_compile_options(pairlab_build INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(PAIRLAB_COVERAGE)
  target_compile_options(pairlab_build INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(pairlab_build INTERFACE -fprofile-instr-generate)
endif()
find_program(PAIRLAB_LLD NAMES ld.lld-19 ld.lld)
if(PAIRLAB_LLD)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_link_options(pairlab_build INTERFACE --ld-path=${PAIRLAB_LLD})
  else()  # g++ 12 looks for a program called ld.lld, which lives beside the versioned one
    find_program(PAIRLAB_LLD_UNVERSIONED NAMES ld.lld)
    if(PAIRLAB_LLD_UNVERSIONED)
      target_link_options(pairlab_build INTERFACE -fuse-ld=lld)
    endif()
  endif()
endif()

add_library(pairlab_warnings INTERFACE)
target_compile_options(pairlab_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Werror
  -Wno-missing-field-initializers)  # options structs are filled by designated initialisers
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(pairlab_warnings INTERFACE
    -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wimplicit-fallthrough
    -Wno-missing-designated-field-initializers
    -Wno-deprecated-declarations)  # libstdc++ 12 warns of its own std::stable_sort
else()
  # g++ 12 sees these in std::string, std::optional and std::variant where there are none.
  target_compile_options(pairlab_warnings INTERFACE
    -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread
    -Wno-array-bounds -Wno-dangling-pointer -Wno-free-nonheap-object)
endif()

# --- functions --------------------------------------------------------------------------------------

# pairlab_folders(a b c): adds those sub-folders that have a CMakeLists.txt.
function(pairlab_folders)
  foreach(folder IN LISTS ARGN)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
      add_subdirectory(${folder})
    elseif(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder})  # look again when something is added
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
        ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
    else()
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR})
    endif()
  endforeach()
endfunction()

# pairlab_library(NAME base SOURCES a.cpp HEADERS a.hpp DEPENDS fmt::fmt pairlab::wire)
#
# Static library pairlab_base, alias pairlab::base; includes name the path from the root. Without
# SOURCES it is header-only. HEADERS become a file set, so that
# -DCMAKE_VERIFY_INTERFACE_HEADER_SETS=ON compiles each one alone (target
# all_verify_interface_header_sets).
function(pairlab_library)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "SOURCES;HEADERS;DEPENDS")
  pairlab_check_arguments(pairlab_library)
  set(target pairlab_${arg_NAME})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE pairlab_warnings)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(pairlab::${arg_NAME} ALIAS ${target})
  target_sources(${target} ${scope}
    FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_link_libraries(${target} ${scope} pairlab_build ${arg_DEPENDS})
endfunction()

# pairlab_test(NAME base SOURCES x_test.cpp DEPENDS pairlab::base)
#
# Executable test_base with gtest's main, gmock and rapidcheck; one entry of ctest, which writes its
# cases to <build>/results/base.xml. SHARDS n runs it as n entries side by side; LABELS passes on to
# ctest, TIMEOUT in seconds (120 by default).
function(pairlab_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;SHARDS;TIMEOUT" "SOURCES;DEPENDS;LABELS")
  pairlab_check_arguments(pairlab_test)
  set(target test_${arg_NAME})
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE pairlab_warnings pairlab_build pairlab::test_support
    ${arg_DEPENDS} GTest::gmock GTest::gtest GTest::gtest_main
    rapidcheck rapidcheck_gtest rapidcheck_gmock)
  if(NOT arg_SHARDS)
    set(arg_SHARDS 1)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  math(EXPR last "${arg_SHARDS} - 1")
  foreach(shard RANGE ${last})
    set(name ${arg_NAME})
    if(arg_SHARDS GREATER 1)
      set(name ${arg_NAME}.${shard})
    endif()
    add_test(NAME ${name} COMMAND ${target} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
      ENVIRONMENT "GTEST_OUTPUT=xml:${PROJECT_BINARY_DIR}/results/${name}.xml;GTEST_TOTAL_SHARDS=${arg_SHARDS};GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()

# A misspelt keyword would silently drop what follows it.
macro(pairlab_check_arguments function)
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_NAME)
    message(FATAL_ERROR "${function} needs NAME and knows no '${arg_UNPARSED_ARGUMENTS}'")
  endif()
endmacro()
