// The part of DuckDB's C API that registration of functions needs, and the
// trampolines in bridge.c. All handles of DuckDB are void pointers.
#ifndef DHOW_BRIDGE_H
#define DHOW_BRIDGE_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#define DHOW_VECTOR_SIZE 2048
#define DHOW_MAX_ARGS 32

// --- DuckDB ---
uint64_t duckdb_vector_size(void);
void duckdb_free(void *ptr);

void *duckdb_create_logical_type(int type);
void duckdb_destroy_logical_type(void **type);
void *duckdb_create_list_type(void *type);
void *duckdb_create_struct_type(void **types, const char **names, uint64_t count);
int duckdb_get_type_id(void *type);
uint64_t duckdb_struct_type_child_count(void *type);
char *duckdb_struct_type_child_name(void *type, uint64_t index);

void *duckdb_get_value_type(void *value);
char *duckdb_get_varchar(void *value);
bool duckdb_get_bool(void *value);
int64_t duckdb_get_int64(void *value);
double duckdb_get_double(void *value);
bool duckdb_is_null_value(void *value);
void *duckdb_get_struct_child(void *value, uint64_t index);
void duckdb_destroy_value(void **value);

uint64_t duckdb_data_chunk_get_size(void *chunk);
void duckdb_data_chunk_set_size(void *chunk, uint64_t size);
uint64_t duckdb_data_chunk_get_column_count(void *chunk);
void *duckdb_data_chunk_get_vector(void *chunk, uint64_t column);
void *duckdb_vector_get_data(void *vector);
uint64_t *duckdb_vector_get_validity(void *vector);
void duckdb_vector_ensure_validity_writable(void *vector);
int duckdb_list_vector_reserve(void *vector, uint64_t capacity);
int duckdb_list_vector_set_size(void *vector, uint64_t size);
uint64_t duckdb_list_vector_get_size(void *vector);
void *duckdb_list_vector_get_child(void *vector);
void *duckdb_struct_vector_get_child(void *vector, uint64_t index);
void duckdb_vector_assign_string_element_len(void *vector, uint64_t index, const char *text, uint64_t len);

void *duckdb_create_scalar_function(void);
void duckdb_destroy_scalar_function(void **function);
void duckdb_scalar_function_set_name(void *function, const char *name);
void duckdb_scalar_function_add_parameter(void *function, void *type);
void duckdb_scalar_function_set_return_type(void *function, void *type);
void duckdb_scalar_function_set_volatile(void *function);
void duckdb_scalar_function_set_extra_info(void *function, void *info, void (*destroy)(void *));
void duckdb_scalar_function_set_function(void *function, void (*call)(void *info, void *input, void *output));
void *duckdb_scalar_function_get_extra_info(void *info);
void duckdb_scalar_function_set_error(void *info, const char *error);
void duckdb_scalar_function_set_init(void *function, void (*init)(void *info));
void duckdb_scalar_function_init_set_error(void *info, const char *error);
void *duckdb_scalar_function_init_get_extra_info(void *info);
void duckdb_scalar_function_init_get_client_context(void *info, void **context);
void duckdb_connection_get_client_context(void *connection, void **context);
uint64_t duckdb_client_context_get_connection_id(void *context);
void duckdb_destroy_client_context(void **context);
void *duckdb_create_scalar_function_set(const char *name);
void duckdb_destroy_scalar_function_set(void **set);
int duckdb_add_scalar_function_to_set(void *set, void *function);
int duckdb_register_scalar_function_set(void *connection, void *set);

void *duckdb_create_aggregate_function(void);
void duckdb_destroy_aggregate_function(void **function);
void duckdb_aggregate_function_set_name(void *function, const char *name);
void duckdb_aggregate_function_add_parameter(void *function, void *type);
void duckdb_aggregate_function_set_return_type(void *function, void *type);
void duckdb_aggregate_function_set_functions(void *function, uint64_t (*size)(void *info),
                                             void (*init)(void *info, void *state),
                                             void (*update)(void *info, void *input, void **states),
                                             void (*combine)(void *info, void **source, void **target, uint64_t count),
                                             void (*finalize)(void *info, void **source, void *result, uint64_t count,
                                                              uint64_t offset));
void duckdb_aggregate_function_set_destructor(void *function, void (*destroy)(void **states, uint64_t count));
void duckdb_aggregate_function_set_extra_info(void *function, void *info, void (*destroy)(void *));
void *duckdb_aggregate_function_get_extra_info(void *info);
void duckdb_aggregate_function_set_error(void *info, const char *error);
int duckdb_register_aggregate_function(void *connection, void *function);

void *duckdb_create_table_function(void);
void duckdb_destroy_table_function(void **function);
void duckdb_table_function_set_name(void *function, const char *name);
void duckdb_table_function_add_parameter(void *function, void *type);
void duckdb_table_function_add_named_parameter(void *function, const char *name, void *type);
void duckdb_table_function_set_extra_info(void *function, void *info, void (*destroy)(void *));
void duckdb_table_function_set_bind(void *function, void (*bind)(void *info));
void duckdb_table_function_set_init(void *function, void (*init)(void *info));
void duckdb_table_function_set_local_init(void *function, void (*init)(void *info));
void duckdb_table_function_set_function(void *function, void (*call)(void *info, void *output));
void duckdb_table_function_supports_projection_pushdown(void *function, bool pushdown);
int duckdb_register_table_function(void *connection, void *function);
void *duckdb_bind_get_extra_info(void *info);
void duckdb_bind_add_result_column(void *info, const char *name, void *type);
uint64_t duckdb_bind_get_parameter_count(void *info);
void *duckdb_bind_get_parameter(void *info, uint64_t index);
void *duckdb_bind_get_named_parameter(void *info, const char *name);
void duckdb_bind_set_bind_data(void *info, void *data, void (*destroy)(void *));
void duckdb_bind_set_cardinality(void *info, uint64_t rows, bool exact);
void duckdb_bind_set_error(void *info, const char *error);
void *duckdb_init_get_bind_data(void *info);
void duckdb_init_set_init_data(void *info, void *data, void (*destroy)(void *));
uint64_t duckdb_init_get_column_count(void *info);
uint64_t duckdb_init_get_column_index(void *info, uint64_t column);
void duckdb_init_set_max_threads(void *info, uint64_t threads);
void duckdb_init_set_error(void *info, const char *error);
void *duckdb_function_get_bind_data(void *info);
void *duckdb_function_get_local_init_data(void *info);
void duckdb_function_set_error(void *info, const char *error);

void *duckdb_create_copy_function(void);
void duckdb_destroy_copy_function(void **function);
void duckdb_copy_function_set_name(void *function, const char *name);
void duckdb_copy_function_set_extra_info(void *function, void *info, void (*destroy)(void *));
int duckdb_register_copy_function(void *connection, void *function);
void duckdb_copy_function_set_bind(void *function, void (*bind)(void *info));
void duckdb_copy_function_bind_set_error(void *info, const char *error);
void *duckdb_copy_function_bind_get_extra_info(void *info);
uint64_t duckdb_copy_function_bind_get_column_count(void *info);
void *duckdb_copy_function_bind_get_column_type(void *info, uint64_t column);
void *duckdb_copy_function_bind_get_options(void *info);
void duckdb_copy_function_bind_set_bind_data(void *info, void *data, void (*destroy)(void *));
void duckdb_copy_function_set_global_init(void *function, void (*init)(void *info));
void duckdb_copy_function_global_init_set_error(void *info, const char *error);
void *duckdb_copy_function_global_init_get_bind_data(void *info);
const char *duckdb_copy_function_global_init_get_file_path(void *info);
void duckdb_copy_function_global_init_set_global_state(void *info, void *state, void (*destroy)(void *));
void duckdb_copy_function_set_sink(void *function, void (*sink)(void *info, void *chunk));
void duckdb_copy_function_sink_set_error(void *info, const char *error);
void *duckdb_copy_function_sink_get_global_state(void *info);
void duckdb_copy_function_set_finalize(void *function, void (*finalize)(void *info));
void duckdb_copy_function_finalize_set_error(void *info, const char *error);
void *duckdb_copy_function_finalize_get_global_state(void *info);

// --- trampolines ---

// dhow_block is memory for long strings; it must not move until DuckDB has
// copied them.
typedef struct dhow_block {
	struct dhow_block *next;
} dhow_block;

typedef struct {
	void *data;
	uint64_t nulls[DHOW_VECTOR_SIZE / 64]; // a bit 1 marks a NULL row
	uint32_t dirty;                        // whether any bit of nulls is set
	uint32_t longs;                        // whether any string is longer than 12 bytes
	dhow_block *blocks;
} dhow_output;

typedef struct {
	uintptr_t kernel; // which Go kernel
	uint64_t n;
	uint64_t nargs;
	struct {
		void *data;
		uint64_t *valid; // NULL when all rows are valid
	} args[DHOW_MAX_ARGS];
	dhow_output out;
	void *vector; // the result, for kernels that return lists
	char *error;  // from malloc; NULL when all went well
} dhow_call;

typedef struct {
	uintptr_t kernel;
	uint64_t n;
	uint64_t cols;
	double *rows[DHOW_VECTOR_SIZE];
	uint64_t counts[DHOW_VECTOR_SIZE];
	dhow_output out;
	void *vector;    // the result, for kernels that return structs
	uint64_t offset; // its row of the first group
	char *error;
} dhow_groups;

void *dhow_alloc(dhow_output *out, size_t size);
void dhow_write_output(dhow_output *out, void *vector, uint64_t offset, uint64_t n, bool text);

void dhow_scalar_begin(void *info);
void dhow_scalar(void *info, void *input, void *output);

uint64_t dhow_state_size(void *info);
void dhow_state_init(void *info, void *state);
void dhow_state_update(void *info, void *input, void **states);
void dhow_state_combine(void *info, void **source, void **target, uint64_t count);
void dhow_state_finalize(void *info, void **source, void *result, uint64_t count, uint64_t offset);
void dhow_state_destroy(void **states, uint64_t count);

void dhow_copy_name(void *info, uint64_t count, uint64_t column, const char **text, uint64_t *len);

#endif
